UPDATE job SET state = 'running'
WHERE number = (SELECT min(number) FROM job WHERE state = 'waiting')
RETURNING number, subject, input, state, progress, output, asked_at, ended_at
