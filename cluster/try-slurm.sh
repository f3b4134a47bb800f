#!/usr/bin/env bash
# Tries the job array for real: a Slurm of one node on this machine, a sweep in three parts, one task
# killed and sent again, and the joined parts compared with a run without Slurm, byte for byte.
#
# Needs Debian's slurm-wlm and munge, and installs them if it may. If it cannot, or may not run services,
# it says SKIPPED and why, and succeeds.
set -euo pipefail
cd "$(dirname "$0")/.."

skip() { echo "SKIPPED: the Slurm job array was not tried: $*"; exit 0; }

[ "$(uname)" = Linux ] || skip "this is no Linux"
[ "$(id -u)" = 0 ] || skip "it needs root for Slurm's daemons"
if ! command -v slurmctld slurmd sbatch munged >/dev/null; then
    command -v apt-get >/dev/null || skip "there is no apt-get to install Slurm with"
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        slurm-wlm munge; } >/dev/null 2>&1 || skip "slurm-wlm and munge could not be installed"
fi

homeward=$(realpath "${HOMEWARD:-target/release/homeward}")
[ -x "$homeward" ] || { echo "there is no $homeward; build it first" >&2; exit 1; }
here=$PWD
work=$(mktemp -d)
chmod 755 "$work"
started=()
stop() {
    # Only what was started here is ended, the last first.
    for ((at = ${#started[@]} - 1; at >= 0; at--)); do
        kill "${started[at]}" 2>/dev/null || true
        wait "${started[at]}" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap stop EXIT

mkdir -p "$work"/{munge,spool,state}
head -c 1024 /dev/urandom >"$work/munge/key"
chown -R munge: "$work/munge" && chmod 700 "$work/munge" && chmod 400 "$work/munge/key"
mkdir -p /run/munge && chown munge: /run/munge
munge_socket=$work/munge-socket
mkdir -p "$munge_socket" && chown munge: "$munge_socket"
setpriv --reuid munge --regid munge --clear-groups munged --foreground --key-file "$work/munge/key" \
    --socket "$munge_socket/socket" --pid-file "$work/munge/pid" --log-file "$work/munge/log" \
    --seed-file "$work/munge/seed" >/dev/null 2>&1 &
started+=($!)

host=$(hostname -s)
cat >"$work/slurm.conf" <<CONF
ClusterName=homeward
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$munge_socket/socket
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SlurmctldParameters=enable_configless
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$work/slurm.conf
slurmctld -D -f "$SLURM_CONF" >/dev/null 2>&1 &
started+=($!)
slurmd -D -f "$SLURM_CONF" >/dev/null 2>&1 &
started+=($!)

wait_for() { # seconds, what, command...
    local seconds=$1 what=$2
    shift 2
    for ((tried = 0; tried < seconds * 5; tried++)); do
        if "$@"; then return; fi
        sleep 0.2
    done
    echo "waited $seconds s in vain for $what" >&2
    tail -n 20 "$work"/*.log >&2 || true
    squeue >&2 || true
    exit 1
}
node_is_up() { [ "$(sinfo -h -o %t 2>/dev/null)" = idle ]; }
for ((tried = 0; tried < 150; tried++)); do
    node_is_up && break
    sleep 0.2
done
node_is_up || {
    tail -n 5 "$work"/*.log 2>/dev/null || true
    skip "Slurm's daemons cannot run on this machine"
}

# Long enough that a task can be killed in its midst.
cat >"$work/sweep.toml" <<'SWEEP'
scenario = "baseline.toml"
measures = ["ready_waiting.all", "delay_days.all", "occupancy.ward"]
replications = 3
set."run.length" = "8 weeks"
design = { kind = "latin_hypercube", points = 60 }
[levers."places.home_support.capacity"]
range = [105, 125]
[uncertainties."arrivals.emergency.per_day"]
range = [50.0, 60.0]
SWEEP

echo "the sweep on this machine, without Slurm"
"$homeward" sweep "$work/sweep.toml" --out "$work/local"

echo "the same sweep as a job array of three tasks"
export HOMEWARD=$homeward
cd "$work"
send() { sbatch --parsable --array="$1" "$here/cluster/slurm-array.sh" sweep.toml parts 3; }
job=$(send 1-3)
rows_of() { cat "parts/$1/rows.csv" 2>/dev/null | wc -l; }
has_begun() { [ "$(rows_of 2)" -gt 10 ]; }
wait_for 120 "rows of task 2" has_begun
scancel --signal=KILL "${job}_2"
none_left() { [ -z "$(squeue -h)" ]; }
wait_for 300 "the end of the other tasks" none_left
echo "task 2 was killed after $(rows_of 2) of 61 lines"
[ "$(rows_of 2)" -lt 61 ] || { echo "task 2 had ended before it was killed" >&2; exit 1; }
if "$homeward" merge parts/* --out too-early 2>refused; then
    echo "parts of which one is not whole were joined" >&2
    exit 1
fi
echo "as it should, merge refuses: $(cat refused)"

echo "task 2 is sent again"
send 2 >/dev/null
wait_for 300 "the end of task 2" none_left
"$homeward" merge parts/* --out whole
for file in points.csv rows.csv failed.csv manifest.json; do
    cmp "local/$file" "whole/$file"
done
echo "the joined parts are the local run, byte for byte"
