#!/bin/bash
# A sweep as a Slurm job array: one task for each part of it.
#
#   sbatch --array=1-8 cluster/slurm-array.sh sweeps/home_support.toml parts 8
#
# runs part k of 8 into parts/k. Then `homeward merge parts/* --out whole` joins them to the bytes of a
# run on one machine. A task that failed, ran out of time or was cancelled is sent again by itself,
#
#   sbatch --array=3 cluster/slurm-array.sh sweeps/home_support.toml parts 8
#
# and goes on where it was stopped. The number of parts stands on the command line because Slurm's own
# count of tasks would be 1 then.
#
#SBATCH --job-name=homeward
#SBATCH --cpus-per-task=1
#SBATCH --output=homeward-%A_%a.log
#SBATCH --open-mode=append
#SBATCH --requeue
set -euo pipefail

sweep=$1 folder=$2 parts=$3
exec "${HOMEWARD:-homeward}" sweep "$sweep" \
    --shard "$SLURM_ARRAY_TASK_ID/$parts" \
    --out "$folder/$SLURM_ARRAY_TASK_ID" \
    --threads "${SLURM_CPUS_PER_TASK:-1}" \
    --resume
