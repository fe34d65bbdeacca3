/* What serves the flows of a program, in executables of `--with serve` and `--with restate`. */
#ifndef PFLOW_SERVE_H
#define PFLOW_SERVE_H

#include "pflow/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A flow that others may call from outside. */
struct pf_served {
  const pf_tool* tool;
  const char* effects; /* of all nodes that it may call, as interfaces name them, each once */
  const pf_preflight* preflights;
  uint32_t preflight_count;
};

/* Both return the exit code once serving has ended. */
struct pf_server {
  /* As an MCP server on standard streams, until standard input ends. */
  int (*run_mcp)(const pf_program* program);
  /* Over HTTP, until a signal: `address` is a port, or a host and a port. */
  int (*run_http)(const pf_program* program, const char* address);
  /* As an endpoint that a Restate server calls, until a signal; null: it cannot. */
  int (*run_restate)(const pf_program* program, const char* address);
};
extern const pf_server pf_serve;   /* of `--with serve` */
extern const pf_server pf_restate; /* of `--with restate` */

#ifdef __cplusplus
}
#endif
#endif
