#!/usr/bin/env bash
# build/check-install.sh ADAMSCOPE: runs an installed Adamscope as somebody who has nothing else: an empty folder, PATH=/usr/bin,
# no JAVA_HOME. Says what does not hold and fails.
set -u
program=$(realpath -s "$1")
examples=$(dirname "$(dirname "$(realpath "$program")")")/docs/examples
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir home
failed=0

# run NAME EXPECTED-CODE WORDS…: standard output in out, standard error in err
run() {
    local name=$1 code=$2 got
    shift 2
    env -i PATH=/usr/bin HOME="$work/home" "$program" "$@" >out 2>err </dev/null
    got=$?
    [ "$got" = "$code" ] || fail "$name: exit code $got, expected $code: $(tail -2 err)"
}
fail() {
    echo "FAILED $1" >&2
    failed=1
}
says() { grep -q -- "$2" out || fail "$1: no '$2' on standard output"; }
silent() { [ ! -s err ] || fail "$1: standard error is not empty: $(head -1 err)"; }

run help 0 --help && says help 'Usage: adamscope' && silent help
run theory 0 theory --optimizer adam --degree 4 --json && says theory '"regime"' && silent theory
run wrong 2 thoery
run doctor 0 doctor
run phase 0 phase --optimizer adam --objective x^4/4 --x0 1 --steps 500 --x beta1=0.1:0.9:8 --y beta2=0.1:0.9:8 --out phase --json
grep -q WARNING err && fail "phase: the JVM warns"
run query 0 query phase 'select count(*) n from phase' --format csv && says query '^64' && silent query
run sweep 0 sweep -c "$examples/sweep-rates.yaml" --out sweep
run diagnose 0 diagnose "$examples/spike.csv" --json && says diagnose '"'
run import 0 import --torchscript "$examples/pytorch/model.pt" --state "$examples/pytorch/state.safetensors" \
    --data "$examples/pytorch/data.safetensors" --loss cross-entropy --set steps=105 --out training
run train 0 train --resume training && says train 'done after step 105'
run export 0 export training --out training.pt
[ "$failed" = 0 ] && echo "all holds"
exit "$failed"
