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
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { kMostFds = 65536, kEvents = 1024 };
static const char kAnswer[] =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"answer\": "
    "42}\n";
// What a model says, to requests with a body.
static const char kSaid[] =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 311\r\n\r\n"
    "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1747163251,\"model\":"
    "\"mock\","
    "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
    "{\\\"answer\\\":42,\\\"sure\\\":true,\\\"why\\\":\\\"six times seven\\\",\\\"units\\\":[]}"
    "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,"
    "\"total_tokens\":10}}";

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
  int said;
};
static struct due queue[kMostFds];
static size_t queue_begin, queue_end;

// Where a connection is in its request.
static struct {
  char line[20];  // its start, of the line at hand
  int len;
  long length;  // what the head says of the body
  long left;    // of the body
} reading[kMostFds];

static void push(int fd, int64_t at) {
  queue[queue_end++ % kMostFds] = (struct due){at, fd, reading[fd].length > 0};
  reading[fd].length = 0;
}

// A request is whole.
static void finish(int fd, int64_t delay) {
  if (streams) send_text(fd, kBeginning);
  push(fd, now_us() + delay);
}

static void take(int fd, const char* data, ssize_t len, int64_t delay) {
  for (ssize_t i = 0; i < len; ++i) {
    if (reading[fd].left > 0) {
      if (--reading[fd].left == 0) finish(fd, delay);
    } else if (data[i] != '\n') {
      if (reading[fd].len < (int)sizeof reading[fd].line - 1)
        reading[fd].line[reading[fd].len++] = data[i];
    } else {
      reading[fd].line[reading[fd].len] = 0;
      if (strncasecmp(reading[fd].line, "content-length:", 15) == 0)
        reading[fd].length = atol(reading[fd].line + 15);
      int end = reading[fd].line[0] == '\r';
      reading[fd].len = 0;
      if (end && reading[fd].length == 0) finish(fd, delay);
      if (end) reading[fd].left = reading[fd].length;
    }
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
          memset(&reading[made], 0, sizeof reading[made]);
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
         queue_begin != queue_end && queue[queue_begin % kMostFds].at <= now; ++queue_begin) {
      struct due* due = &queue[queue_begin % kMostFds];
      send_text(due->fd, streams ? kRest : due->said ? kSaid : kAnswer);
    }
  }
}
