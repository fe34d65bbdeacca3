/// The sockets that libcurl wants watched, in an epoll of our own that the loop polls. libuv
/// takes three system calls for each change of one, and libcurl changes two a request; here
/// what a socket is watched for stays until it is in the way.
#pragma once

#include <curl/curl.h>

namespace pflow {

/// Told of what a socket is ready for, as CURL_CSELECT_…
using SocketReady = void (*)(void* owner, curl_socket_t socket, int events);

void start_sockets(SocketReady ready);

/// While there are requests the loop is not at its end.
void keep_loop_alive(bool alive);

/// `what` is a CURL_POLL_…; the socket belongs to `owner` until it is CURL_POLL_REMOVE.
void watch_socket(void* owner, curl_socket_t socket, int what);
/// Does what `watch_socket` has noted; to be called before the loop blocks.
void apply_watches();

/// Of those that libcurl asks for and gives back.
void socket_opened(curl_socket_t socket);
void socket_closes(curl_socket_t socket);

}  // namespace pflow
