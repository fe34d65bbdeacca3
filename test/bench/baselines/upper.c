/* Reads, upper-cases and writes a file as the flow does: checked as UTF-8 by the
 * ASCII test, written beside, synced, renamed. Raw system calls only. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  int in = open(argv[1], O_RDONLY | O_CLOEXEC);
  struct stat info;
  if (in < 0 || fstat(in, &info) != 0) return 1;
  size_t size = (size_t)info.st_size;
  char* text = malloc(size);
  for (size_t got = 0; got < size;) {
    ssize_t n = read(in, text + got, size - got);
    if (n <= 0) return 1;
    got += (size_t)n;
  }
  close(in);
  for (size_t i = 0; i < size; ++i)
    if (text[i] >= 'a' && text[i] <= 'z') text[i] -= 'a' - 'A';
  char beside[4096];
  snprintf(beside, sizeof beside, "%s.tmp", argv[2]);
  int out = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (out < 0) return 1;
  for (size_t put = 0; put < size;) {
    ssize_t n = write(out, text + put, size - put);
    if (n <= 0) return 1;
    put += (size_t)n;
  }
  if (fsync(out) != 0 || close(out) != 0) return 1;
  return rename(beside, argv[2]) == 0 ? 0 : 1;
}
