#!/bin/sh
# What ./dev does before anything is compiled: dev_test.sh DEV
# Its tools are stand-ins and its project is a copy of the script alone, so nothing is built.
set -eu
dev=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
project="$work/a project"
bin="$work/bin"
mkdir -p "$project" "$bin" "$work/user"
cp "$dev" "$project/dev"

# The test's PATH: the system's usual tools, and stand-ins for those that differ between machines.
for tool in sh bash env cat sed tr dirname readlink mkdir rm grep chmod fold; do
  ln -s "$(command -v "$tool")" "$bin/$tool"
done
# stand_in NAME: creates a stand-in; its script is read from standard input.
stand_in() {
  { echo '#!/bin/sh'; cat; } >"$bin/$1"
  chmod +x "$bin/$1"
}
# fresh: a Debian system with everything installed, as root, with a program that prints its
# arguments.
fresh() {
  for tool in c++ ninja pkg-config glad apt-get; do stand_in "$tool" </dev/null; done
  echo 'echo 0' | stand_in id
  echo 'echo 2' | stand_in nproc
  # shellcheck disable=SC2016  # the stand-in's own variables
  echo 'shift 3; for package in "$@"; do echo "installed $package"; done' | stand_in dpkg-query
  rm -f "$bin/sudo"
  cmake_is 3.25.1
}
# cmake_is VERSION: prints a lot, as CMake does; builds a program that prints its folder and
# arguments.
cmake_is() {
  stand_in cmake <<END
[ "\$1" != --version ] || { echo "cmake version $1"; exit; }
echo "-- Configuring"
mkdir -p build/release/app
cat >build/release/app/convscope <<'PROGRAM'
#!/bin/sh
echo "in \$PWD:"
printf '<%s>' "\$@"
PROGRAM
chmod +x build/release/app/convscope
END
}
# run_dev WORD...: runs ./dev from the user's folder; sets $out, $err and $status.
run_dev() {
  status=0
  (cd "$work/user" && PATH="$bin" DISPLAY=:9 "$@") >"$work/out" 2>"$work/err" || status=$?
  out=$(cat "$work/out")
  err=$(cat "$work/err")
}
failures=0
check() {
  what=$1
  shift
  "$@" || { failures=$((failures + 1)); printf 'FAILED: %s\nstatus %s\nout: %s\nerr: %s\n\n' "$what" "$status" "$out" "$err"; }
}
says() { case "$err" in *"$1"*) ;; *) return 1 ;; esac }
refused() { [ "$status" -eq 1 ] && [ -z "$out" ] && says "$1"; }
expected="in $work/user:
<run><my photo.jpg><--format><json>"

fresh
run_dev "$project/dev" run run 'my photo.jpg' --format json
check "the program runs in the user's folder, and nothing else is on standard output" \
  [ "$status $out" = "0 $expected" ]
check "CMake's lines are on standard error" says '-- Configuring'

ln -s "$project/dev" "$work/user/link"
ln -s user/link "$work/link"
for link in ./link ../link; do
  run_dev "$link" run run 'my photo.jpg' --format json
  check "a symbolic link ($link) does as the script" [ "$status $out" = "0 $expected" ]
done

cmake_is 3.18.4
run_dev "$project/dev" run cross-5x5
check "an old CMake is named, with the version that would do" refused 'CMake 3.18.4 is too old: Convscope needs 3.25'
cmake_is 4.0.0
run_dev "$project/dev" run cross-5x5
check "a CMake of the next great version is new enough" [ "$status" -eq 0 ]
cmake_is 3.100.2
run_dev "$project/dev" run cross-5x5
check "versions are compared as numbers" [ "$status" -eq 0 ]

fresh
echo 'echo 1000' | stand_in id
run_dev "$project/dev" run cross-5x5
check "with everything installed nobody asks who one is" [ "$status" -eq 0 ]
echo 'echo "installed cmake"' | stand_in dpkg-query
run_dev "$project/dev" run cross-5x5
check "without root and sudo the missing packages are named" refused 'sudo'
check "g++ is among them" says ' g++ '
# shellcheck disable=SC2016
echo 'echo "sudo $*"' | stand_in sudo
run_dev "$project/dev" run run 'my photo.jpg' --format json
check "apt's lines are on standard error, too" [ "$status $out" = "0 $expected" ]
check "sudo installs them" says 'sudo env DEBIAN_FRONTEND=noninteractive apt-get install'

fresh
rm "$bin/apt-get"
run_dev "$project/dev" run run 'my photo.jpg' --format json
check "on another system with the tools it builds" [ "$status $out" = "0 $expected" ]
rm "$bin/ninja" "$bin/c++"
run_dev "$project/dev" run cross-5x5
check "on another system missing tools are named" refused 'Not found: c++ ninja'
for name in 'dnf install gcc-c++' 'pacman -S' 'brew install cmake ninja' libhwy-dev; do
  check "... with what the system calls them: $name" says "$name"
done
fresh
rm "$bin/apt-get"
# shellcheck disable=SC2016
echo '[ "$1" = --version ] && echo "cmake version 3.31.0"' | stand_in cmake
run_dev "$project/dev" run cross-5x5
check "where CMake misses a library there, the libraries are named" refused libhwy-dev

[ "$failures" -eq 0 ] || exit 1
