# Starts the server at a free port, asks it, and ends it.
./serve --serve 0 > log &
server=$!
while ! grep -q listening log; do sleep 0.1; done
at=$(sed -n 's/listening on //p' log)
curl -sd '{"text": "a cup of tea"}' "$at/flows/words"; echo
curl -sd '{"file": "ask.sh", "most": 1}' -H 'Accept: text/event-stream' "$at/flows/tail"
curl -sd '{"txt": "a cup of tea"}' "$at/flows/words"; echo
kill $server
wait $server
