// curl_calls URL COUNT PARALLEL: so many questions to a model with libcurl and epoll and nothing
// else; prints how many were answered.
#define _GNU_SOURCE
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

enum { kEvents = 1024 };
static CURLM* multi;
static int poll_fd;
static long wait_ms = -1;
static const char kBody[] =
    "{\"model\":\"mock\",\"messages\":[{\"role\":\"user\",\"content\":\"What is six times "
    "seven?\"}]}";

struct call {
  char data[4096];
  size_t len;
};

static size_t keep(char* data, size_t size, size_t count, void* user) {
  struct call* call = user;
  if (call->len + size * count >= sizeof call->data) return 0;
  memcpy(call->data + call->len, data, size * count);
  call->len += size * count;
  return size * count;
}

static int watch(CURL* easy, curl_socket_t socket, int what, void* user, void* known) {
  (void)easy, (void)user;
  struct epoll_event event = {.data.fd = socket};
  if (what == CURL_POLL_REMOVE) return epoll_ctl(poll_fd, EPOLL_CTL_DEL, socket, &event), 0;
  event.events = (what & CURL_POLL_IN ? EPOLLIN : 0) | (what & CURL_POLL_OUT ? EPOLLOUT : 0);
  epoll_ctl(poll_fd, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event);
  curl_multi_assign(multi, socket, multi);
  return 0;
}

static int set_timer(CURLM* of, long ms, void* user) {
  (void)of, (void)user;
  wait_ms = ms;
  return 0;
}

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  long count = atol(argv[2]), parallel = atol(argv[3]), started = 0, done = 0;
  curl_global_init(CURL_GLOBAL_DEFAULT);
  multi = curl_multi_init();
  poll_fd = epoll_create1(0);
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, watch);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, set_timer);
  struct curl_slist* headers = curl_slist_append(NULL, "Content-Type: application/json");
  headers = curl_slist_append(headers, "Accept: application/json");
  headers = curl_slist_append(headers, "Authorization: Bearer sk-bench");
  for (; started < parallel && started < count; ++started) {
    CURL* easy = curl_easy_init();
    struct call* call = calloc(1, sizeof *call);
    curl_easy_setopt(easy, CURLOPT_URL, argv[1]);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)sizeof kBody - 1);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, kBody);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "pflow/0.1.0");
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, call);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, call);
    curl_multi_add_handle(multi, easy);
  }
  static struct epoll_event events[kEvents];
  long answered = 0;
  int running, left;
  while (done < count) {
    int ready = epoll_wait(poll_fd, events, kEvents, (int)wait_ms);
    if (ready == 0) curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running);
    for (int i = 0; i < ready; ++i) {
      int flags = (events[i].events & EPOLLIN ? CURL_CSELECT_IN : 0) |
                  (events[i].events & EPOLLOUT ? CURL_CSELECT_OUT : 0);
      curl_multi_socket_action(multi, events[i].data.fd, flags, &running);
    }
    for (CURLMsg* message; (message = curl_multi_info_read(multi, &left));) {
      CURL* easy = message->easy_handle;
      struct call* call;
      if (message->data.result != CURLE_OK) return 1;
      curl_easy_getinfo(easy, CURLINFO_PRIVATE, &call);
      call->data[call->len] = 0;
      answered += strstr(call->data, "\"content\":\"42\"") != NULL;
      call->len = 0;
      ++done;
      curl_multi_remove_handle(multi, easy);
      if (started < count) {
        ++started;
        curl_multi_add_handle(multi, easy);
      }
    }
  }
  printf("%ld\n", answered);
}
