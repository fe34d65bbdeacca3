#!/bin/sh
# by_aarch64.sh PFLOWC ARGS...: as PFLOWC, but the executable that `FILE -o OUT` makes is for aarch64,
# beside a script OUT which runs it by QEMU.
pflowc=$1
shift
"$pflowc" "$@" || exit
output= before=
for word; do
  [ "$before" = -o ] && output=$word
  case $word in
    --emit* | --check | --passes* | --print-after* | check | test | explain) exit 0 ;;
  esac
  before=$word
done
[ -n "$output" ] || exit 0
"$pflowc" --target aarch64-linux-gnu "$@" -o "$output.aarch64" 2>/dev/null || exit
sysroot=${0%/test/lit/*}/build-sysroots/aarch64-linux-gnu
printf '#!/bin/sh\nexec qemu-aarch64 -L "%s" -0 "$0" "$0.aarch64" "$@"\n' "$sysroot" >"$output"
