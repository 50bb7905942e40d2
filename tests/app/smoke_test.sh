#!/bin/sh
# Drives the real window as a user would, on a display of its own: smoke_test.sh PROGRAM
# Exits 77 (skipped) where Xvfb or xdotool is missing.
set -u
program=$1
command -v Xvfb >/dev/null && command -v xdotool >/dev/null || { echo "no Xvfb or xdotool"; exit 77; }

folder=$(mktemp -d)
server=
window=
finish() {
  [ -n "$window" ] && kill "$window" 2>/dev/null
  [ -n "$server" ] && kill "$server" 2>/dev/null
  rm -rf "$folder"
}
trap finish EXIT

# The server chooses a free display number and writes it to the file. Another one that starts at the
# same moment may win the number, so try a few times: until a client can connect.
for attempt in 1 2 3 4; do
  [ "$attempt" -lt 4 ] || { echo "Xvfb did not start"; exit 77; }
  : >"$folder/display"
  Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$folder/display" 2>/dev/null &
  server=$!
  tries=0
  while [ "$tries" -lt 100 ] && kill -0 "$server" 2>/dev/null && [ ! -s "$folder/display" ]; do
    tries=$((tries + 1))
    sleep 0.1
  done
  [ -s "$folder/display" ] && DISPLAY=:$(cat "$folder/display") xdotool getdisplaygeometry >/dev/null 2>&1 && break
  kill "$server" 2>/dev/null
done
DISPLAY=:$(cat "$folder/display")
LIBGL_ALWAYS_SOFTWARE=1
XDG_CONFIG_HOME=$folder/config
XDG_STATE_HOME=$folder/state
export DISPLAY LIBGL_ALWAYS_SOFTWARE XDG_CONFIG_HOME XDG_STATE_HOME

# Starts the program and gives its window the keyboard.
open_window() {
  "$program" cross-5x5 2>"$folder/errors" &
  window=$!
  id=
  tries=0
  while [ -z "$id" ]; do
    kill -0 "$window" 2>/dev/null || { echo "the program ended early:"; cat "$folder/errors"; exit 1; }
    tries=$((tries + 1))
    [ "$tries" -gt 300 ] && { echo "no window appeared"; exit 1; }
    sleep 0.1
    id=$(xdotool search --onlyvisible --name Convscope 2>/dev/null | head -n 1)
  done
  xdotool windowfocus "$id" 2>/dev/null
}

open_window
sleep 1
xdotool key space
sleep 1
xdotool key space Right
sleep 1
# There is an output cell in the right half of the stage.
xdotool mousemove --window "$id" 760 360 click 1
sleep 0.5
xdotool key l
sleep 0.5

alive() {
  kill -0 "$window" 2>/dev/null || { echo "the program ended after $1:"; cat "$folder/errors"; exit 1; }
}
# Processor time that the program has used, in clock ticks.
spent() {
  cut -d ' ' -f 14,15 "/proc/$window/stat" | { read -r user system; echo $((user + system)); }
}
# Waits until the program uses less than a tenth of a core: idle AFTER_WHAT
idle() {
  [ -r "/proc/$window/stat" ] || return 0
  tries=0
  while :; do
    before=$(spent)
    sleep 1
    [ $(($(spent) - before)) -lt 10 ] && return 0
    alive "$1"
    tries=$((tries + 1))
    [ "$tries" -gt 30 ] && { echo "the window is not idle after $1"; exit 1; }
  done
}

# Every view, two side by side, a rotation of the volume, and a training run.
for view in 8 7 5 4 3 2; do
  xdotool key "$view"
  sleep 0.5
  alive "view $view"
done
xdotool mousemove --window "$id" 300 400 mousedown 1
xdotool mousemove --window "$id" 380 430 mousemove --window "$id" 460 460 mouseup 1
xdotool key 0
sleep 0.5
alive "turning the volume"
xdotool key shift+5
sleep 0.5
alive "two views"
xdotool key shift+0 6
sleep 1
xdotool key space
sleep 2
alive "training"
xdotool key space End
idle "training"
xdotool key 1 k k k k End
idle "the flat view"

# Presenting, with a pen and the notes in a second window.
xdotool key F5
sleep 1
xdotool key d mousemove --window "$id" 300 400 mousedown 1 mousemove --window "$id" 500 420 mouseup 1
xdotool key s n
sleep 1
alive "presenting"
xdotool key s b b
idle "presenting"
xdotool key n
sleep 1
xdotool windowfocus "$id" 2>/dev/null
xdotool key Escape
sleep 1
alive "the end of presenting"
xdotool key 1 Home

# Waits until the saved lesson holds a text: saved_has TEXT
saved_has() {
  tries=0
  while ! grep -qs "$1" "$folder/saved.json"; do
    tries=$((tries + 1))
    [ "$tries" -gt 200 ] && { echo "the saved lesson has no $1"; exit 1; }
    sleep 0.1
  done
}
# Saves to a new file, then overwrites a weight (in the middle of the stage) and saves again.
xdotool key ctrl+s
sleep 1
xdotool key ctrl+a
xdotool type "$folder/saved.json"
xdotool key Return
saved_has '"weight"'
grep -q 4321 "$folder/saved.json" && { echo "4321 was there before"; exit 1; }
# A slow build (the sanitizers') may miss a key pressed before the field is open, so try a few
# times.
for pause in 1 3 6; do
  xdotool key Escape mousemove --window "$id" 562 410
  sleep "$pause"
  xdotool click 1
  sleep "$pause"
  xdotool key ctrl+a
  xdotool type 4321
  xdotool key Return
  sleep "$pause"
  xdotool key ctrl+s
  sleep "$pause"
  grep -q 4321 "$folder/saved.json" && break
done
saved_has 4321
xdotool key ctrl+z ctrl+s
tries=0
while grep -q 4321 "$folder/saved.json"; do
  tries=$((tries + 1))
  [ "$tries" -gt 200 ] && { echo "Ctrl+Z did not take the value back"; exit 1; }
  sleep 0.1
done
kill -0 "$window" 2>/dev/null || { echo "the program ended early:"; cat "$folder/errors"; exit 1; }
xdotool key ctrl+q

tries=0
while kill -0 "$window" 2>/dev/null; do
  tries=$((tries + 1))
  [ "$tries" -gt 100 ] && { echo "Ctrl+Q did not end it"; exit 1; }
  sleep 0.1
done
wait "$window"
status=$?
window=
[ "$status" -eq 0 ] || { echo "exit status $status"; cat "$folder/errors"; exit "$status"; }

# Opens the program again and changes a weight to VALUE, unsaved: edit VALUE
edit() {
  open_window
  for pause in 1 3 6; do
    xdotool key Escape mousemove --window "$id" 562 410
    sleep "$pause"
    xdotool click 1
    sleep "$pause"
    xdotool key ctrl+a
    xdotool type "$1"
    xdotool key Return
    sleep "$pause"
    xdotool getwindowname "$id" | grep -q '[*•]' && break
  done
}
# ended STATUS WHAT VALUE: the window ends with this status and has kept the value.
ended() {
  wait "$window"
  status=$?
  window=
  [ "$status" -eq "$1" ] || { echo "$2 ended it with $status"; cat "$folder/errors"; exit 1; }
  grep -rqs "$3" "$folder/state/convscope/autosave" || { echo "$2 lost the edit"; exit 1; }
}

# The end of a desktop session: unsaved work is kept for the next start.
edit 4321
kill "$window"
ended 143 SIGTERM 4321

# So it is when the display goes away. (The next start opens what was kept: no second question.)
rm -rf "$folder/state/convscope/autosave"
edit 4567
kill "$server"
server=
ended 3 'the loss of the display' 4567
