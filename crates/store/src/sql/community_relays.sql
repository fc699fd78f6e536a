SELECT relay.id, relay.body, person.name, person.email, person.agreed_on
FROM relay LEFT JOIN person ON person.relay = relay.id
ORDER BY relay.id
