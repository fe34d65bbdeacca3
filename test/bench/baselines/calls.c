// calls PORT COUNT PARALLEL: so many GET requests over so many connections, with
// epoll and nothing else.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { kEvents = 1024 };
static char request[256];
static int request_len;

static int send_request(int fd) { return write(fd, request, (size_t)request_len) == request_len; }

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  int port = atoi(argv[1]);
  long count = atol(argv[2]), parallel = atol(argv[3]), started = 0, done = 0;
  request_len = snprintf(request, sizeof request,
                         "GET /call HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: */*\r\n\r\n", port);
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons((unsigned short)port),
                                .sin_addr = {htonl(INADDR_LOOPBACK)}};
  int poll = epoll_create1(0);
  for (long i = 0; i < parallel && started < count; ++i, ++started) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (connect(fd, (struct sockaddr*)&address, sizeof address) ||
        epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event) || !send_request(fd))
      return 1;
  }
  static struct epoll_event events[kEvents];
  long sum = 0;
  while (done < count) {
    int ready = epoll_wait(poll, events, kEvents, -1);
    for (int i = 0; i < ready; ++i) {
      char data[4096];
      int fd = events[i].data.fd;
      ssize_t len = read(fd, data, sizeof data - 1);
      if (len <= 0) return 1;
      data[len] = 0;
      const char* body = strstr(data, "\r\n\r\n");
      if (!body) return 1;
      sum += atol(strstr(body, ": ") + 2);
      ++done;
      if (started < count) {
        ++started;
        if (!send_request(fd)) return 1;
      }
    }
  }
  printf("%ld\n", sum);
}
