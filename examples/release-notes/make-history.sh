# make-history.sh FOLDER: a repository with a tag v1.0 and three commits after it.
set -e
git init -q -b main "$1"
commit() {
  git -C "$1" -c user.name=Ada -c user.email=ada@example.org commit -q --allow-empty -m "$2"
}
commit "$1" "begin"
git -C "$1" tag v1.0
commit "$1" "store prices in cents"
commit "$1" "tidy the tests"
commit "$1" "mend the crash on an empty list"
