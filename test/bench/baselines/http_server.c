// An HTTP/1.1 server that answers every request after a delay, with `stream` as its second argument
// the beginning of a model's streamed answer at once and the rest after it: the far end of the
// benches. One thread, epoll; prints its port, serves until standard input ends.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { kMostFds = 65536, kEvents = 1024 };
static const char kAnswer[] =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"answer\": "
    "42}\n";

static const char kBeginning[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    "3d\r\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hello\"}}]}\n\n\r\n";
static const char kRest[] =
    "43\r\ndata: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n\r\n"
    "e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n";
static int streams;

static void send_text(int fd, const char* text) {
  ssize_t sent = write(fd, text, strlen(text));
  (void)sent;
}

static int64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

// All delays are the same, so the answers are due in the order of the requests.
struct due {
  int64_t at;
  int fd;
};
static struct due queue[kMostFds];
static size_t queue_begin, queue_end;
static char head[kMostFds][4];  // the last bytes seen of a request

static void push(int fd, int64_t at) { queue[queue_end++ % kMostFds] = (struct due){at, fd}; }

// Counts the ends of heads; no body holds such an end.
static void take(int fd, const char* data, ssize_t len, int64_t delay) {
  for (ssize_t i = 0; i < len; ++i) {
    memmove(head[fd], head[fd] + 1, 3);
    head[fd][3] = data[i];
    if (memcmp(head[fd], "\r\n\r\n", 4) != 0) continue;
    if (streams) send_text(fd, kBeginning);
    push(fd, now_us() + delay);
  }
}

int main(int argc, char** argv) {
  int64_t delay = (argc > 1 ? atoll(argv[1]) : 50) * 1000;
  streams = argc > 2;
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t size = sizeof address;
  if (bind(listener, (struct sockaddr*)&address, size) || listen(listener, 4096) ||
      getsockname(listener, (struct sockaddr*)&address, &size))
    return 1;
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  int poll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
  epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
  event.data.fd = STDIN_FILENO;
  epoll_ctl(poll, EPOLL_CTL_ADD, STDIN_FILENO, &event);
  static struct epoll_event events[kEvents];
  for (;;) {
    int64_t wait = -1;
    if (queue_begin != queue_end) {
      wait = (queue[queue_begin % kMostFds].at - now_us() + 999) / 1000;
      if (wait < 0) wait = 0;
    }
    int count = epoll_wait(poll, events, kEvents, (int)wait);
    for (int i = 0; i < count; ++i) {
      int fd = events[i].data.fd;
      if (fd == STDIN_FILENO) return 0;
      if (fd == listener) {
        int made;
        while ((made = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
          setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
          memset(head[made], 0, 4);
          event.events = EPOLLIN;
          event.data.fd = made;
          epoll_ctl(poll, EPOLL_CTL_ADD, made, &event);
        }
        continue;
      }
      char data[16384];
      ssize_t len = read(fd, data, sizeof data);
      if (len > 0)
        take(fd, data, len, delay);
      else if (len == 0 || errno != EAGAIN)
        close(fd);
    }
    for (int64_t now = now_us();
         queue_begin != queue_end && queue[queue_begin % kMostFds].at <= now; ++queue_begin)
      send_text(queue[queue_begin % kMostFds].fd, streams ? kRest : kAnswer);
  }
}
