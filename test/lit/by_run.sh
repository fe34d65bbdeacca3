#!/bin/sh
# by_run.sh PFLOWC ARGS...: as PFLOWC, but the executable that `FILE -o OUT` makes is then a script
# which does `PFLOWC run FILE`: what holds of the one must hold of the other.
pflowc=$1
shift
"$pflowc" "$@" || exit
options= file= output= before=
for word; do
  case $before in
    -o) output=$word ;;
    --flow) options="$options $word" ;;
    *)
      case $word in
        --emit* | --check | --passes* | --print-after* | check | test | explain) exit 0 ;;
        -o) ;;
        -?*) options="$options $word" ;;
        *) file=$word ;;
      esac ;;
  esac
  before=$word
done
[ -n "$output" ] || exit 0
printf '#!/bin/sh\nexec "%s" run%s "%s" "$@"\n' "$pflowc" "$options" "$file" >"$output"
