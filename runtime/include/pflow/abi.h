/* The binary contract between compiled flows, node packages and the runtime.
 * Plain C. Layouts here are mirrored by code generation (codegen/forms/abi_types.h);
 * the functions that generated code calls are listed in abi.def. */
#ifndef PFLOW_ABI_H
#define PFLOW_ABI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PF_ABI_VERSION 1

/* ---- values -------------------------------------------------------------- */

/* Head of every counted block. Counts are not atomic: one thread owns them. */
typedef struct pf_owner {
  int64_t count;
  size_t capacity; /* bytes after the head */
} pf_owner;

/* Text and bytes: immutable; slices share an owner; literals have none.
 * Also path, secret, url and literal unions. All zero is the empty text. */
typedef struct pf_str {
  const char* data;
  size_t len;
  pf_owner* owner;
} pf_str;

/* A list is one pointer to this head, elements behind it, 16-byte aligned.
 * Null is the empty list. */
typedef struct pf_list_head {
  int64_t count; /* references */
  size_t len;
  size_t capacity; /* elements */
  void* index;     /* where its values stand, or null: freed with the head */
} pf_list_head;
typedef struct pf_list {
  pf_list_head* head;
} pf_list;

/* map<T> is a list of entries in the order of insertion, each
 * struct { pf_str key; T value; } with a key of its own: KeyValue<T>. */

/* A JSON value; all zero is null. An object is a map, an array a list of these. */
typedef enum pf_json_kind {
  PF_JSON_NULL,
  PF_JSON_BOOL,
  PF_JSON_INT,
  PF_JSON_FLOAT,
  PF_JSON_STR,
  PF_JSON_ARRAY,
  PF_JSON_OBJECT
} pf_json_kind;
typedef struct pf_json {
  uint64_t kind; /* pf_json_kind */
  union {
    bool boolean;
    int64_t integer;
    double number;
    pf_str text;
    pf_list list; /* ARRAY: of pf_json; OBJECT: of struct { pf_str key; pf_json value; } */
  };
} pf_json;

/* A value of a sum type: which record, and the record as a list of one. */
typedef struct pf_sum {
  int64_t variant;
  pf_list box;
} pf_sum;

/* A query with `?` where values are bound. */
typedef struct pf_sql {
  pf_str text;
  pf_list args; /* of pf_json */
} pf_sql;

/* A shell command: a script with "${1}"-style holes and their values. */
typedef struct pf_cmd {
  pf_str script;
  pf_list args; /* of pf_str */
} pf_cmd;

/* One literal piece of a cmd, url or sql template and the hole after it. */
typedef struct pf_type pf_type;
typedef enum pf_url_part { PF_URL_BASE, PF_URL_PATH, PF_URL_QUERY, PF_URL_FRAGMENT } pf_url_part;
typedef struct pf_piece {
  pf_str text;
  const pf_type* hole; /* null after the last piece; in a cmd a list of str is many words */
  bool begins_word;    /* cmd: a value starting with `-` is refused (numbers exempt) … */
  bool after_dashes;   /* … unless a literal `--` stands before it */
  bool is_parameters;  /* cmd: a list that may be all positional parameters of the script */
  uint8_t part;        /* url: pf_url_part */
} pf_piece;

/* A stream is a pointer to this, consumed once: whoever has it pulls items until the
 * end, then or earlier drops it. `next` puts an item into `out`, which is zeroed, and
 * returns PF_DONE; PF_END when there is none; PF_FAILED after pf_fail(call); or
 * PF_PENDING, and completes the call later with one of these. A pending `next` is
 * cancelled through call->cancel, as a node is. `close` frees the stream. */
typedef struct pf_call pf_call;
typedef struct pf_stream pf_stream;
/* Of a stream of records that stand in a file one behind the other, each at the beginning of a
 * line: it can be read from any of them. Its `next` is never pending. */
typedef struct pf_place {
  int64_t offset; /* in bytes, where the next record is looked for */
  int64_t line;   /* how many lines stand before it … */
  int64_t items;  /* … and how many items */
} pf_place;
typedef struct pf_places {
  int (*file)(pf_stream* stream); /* the descriptor: such a stream may yet read a pipe */
  pf_place (*at)(pf_stream* stream);
  void (*go_to)(pf_stream* stream, const pf_place* place); /* where it has been */
  /* Goes to the first line that begins at the offset or behind it, whatever that is the line of.
   * From there on a record that would be left out fails. */
  void (*begin_at)(pf_stream* stream, int64_t offset);
} pf_places;
typedef struct pf_stream_ops {
  int32_t (*next)(pf_stream* stream, pf_call* call, void* out); /* pf_status */
  void (*close)(pf_stream* stream);
  const pf_places* places; /* null: it gives its items only from the first to the last */
} pf_stream_ops;
struct pf_stream {
  const pf_stream_ops* ops;
  const pf_type* item;
  int64_t shares; /* references beyond the first: the last one closes it */
};

/* A tool is a pointer to a `pf_tool`, a constant of the program. */
typedef struct pf_tool pf_tool;

/* int: int64_t. float: double. bool: bool. duration: int64_t nanoseconds.
 * T?: struct { T value; bool has; }, all zero for none; of a record that holds
 * itself through it, a pf_list of one or none (pf_type.count is 1). Records: their
 * fields in order, with C's layout. */

/* ---- type descriptors ------------------------------------------------------ */

typedef enum pf_kind {
#define PF_TYPE(Name, NAME, member, word, form, traits) PF_##NAME,
#define PF_MADE_TYPE(Name, NAME, form, traits) PF_##NAME,
#include "pflow/tables/types.def"
} pf_kind;

typedef struct pf_field {
  const char* name;
  const char* wire; /* name in JSON */
  const pf_type* type;
  uint32_t offset;
  const char* doc;
  bool (*default_value)(void* out); /* of a schema's field; true when it failed; null: none */
} pf_field;
struct pf_type {
  pf_kind kind;
  uint32_t size;
  uint32_t align;
  uint32_t counted;               /* 1 when a value may own counted memory */
  const char* name;               /* as the user writes it */
  const pf_type* element;         /* list, optional, stream; of a map the record of its entries */
  uint32_t count;                 /* fields, literals or variants; of an optional 1: boxed */
  const pf_field* fields;         /* record */
  const pf_str* literals;         /* union */
  const pf_type* const* variants; /* sum: records, told apart in JSON by their tags */
  const char* tag; /* below: record: as a variant; sum: the member that holds it; or null */
  const char* doc; /* record: the comment of its declaration, or null */
};
/* The tag of a record among the variants of a sum: what is declared, else its name. */
static inline const char* pf_variant_tag(const pf_type* record) {
  return record->tag ? record->tag : record->name;
}
/* The member of an object that holds the tag of the variant. */
static inline const char* pf_tag_key(const pf_type* sum) { return sum->tag ? sum->tag : "type"; }

/* ---- where things stand in the source ---------------------------------------- */

typedef struct pf_literal {
  const char* port;
  const char* text; /* null: computed at run time */
} pf_literal;

typedef struct pf_site {
  const char* id;   /* survives edits elsewhere; may be "" */
  const char* node; /* node or flow name; may be "" */
  const char* file;
  const char* source;            /* the whole line */
  uint32_t line, column, length; /* 1-based; columns and length in code points */
  uint32_t literal_count;
  const pf_literal* literals; /* ports with a literal or computed argument */
} pf_site;

/* ---- failures ------------------------------------------------------------------ */

typedef enum pf_error_kind {
#define PF_ERROR_KIND(NAME, word, number, tries) PF_E_##NAME = number,
#include "pflow/tables/error_kinds.def"
} pf_error_kind;

/* PF_END is of streams alone: there is no further item. */
typedef enum pf_status { PF_DONE = 0, PF_PENDING = 1, PF_FAILED = 2, PF_END = 3 } pf_status;

/* The records Error and ItemError of programs. */
#define PF_C_OF_Str pf_str
#define PF_C_OF_Int int64_t
#define PF_C_OF_Json pf_json
typedef struct pf_error_value {
#define PF_ERROR_FIELD(name, kind) PF_C_OF_##kind name;
#define PF_ITEM_ERROR_FIELD(name, kind)
#include "pflow/tables/error_records.def"
} pf_error_value;
typedef struct pf_item_error {
#define PF_ERROR_FIELD(name, kind)
#define PF_ITEM_ERROR_FIELD(name, kind) PF_C_OF_##kind name;
#include "pflow/tables/error_records.def"
} pf_item_error;

/* ---- calls and frames -------------------------------------------------------------- */

typedef struct pf_frame pf_frame;

/* One run of a node. Lives in the caller's frame while the node is pending, so
 * its address is stable until completion. Node authors use the functions below.
 * The caller sets `site` and `frame` and clears the rest before each run. */
struct pf_call {
  const pf_site* site;
  pf_frame* frame;               /* who waits; null in a call that may not suspend */
  const char* action;            /* null: default */
  pf_status status;              /* set by pf_complete */
  void (*cancel)(pf_call* call); /* set by a pending node */
  void* state;                   /* the node's own; the child frame when a flow is called */
  void* error;                   /* set by pf_fail */
  void* step;                    /* of who records it; null: nobody does */
};

/* In `_in` of a generic node the descriptors of its type arguments come first. A port
 * whose type holds a type parameter elsewhere than inside a list, map or stream is a
 * pointer to the value; one of `_out` points to zeroed room for it.
 *
 * A node `read_file` of module `files` is the function `pfn_files_read_file`, its
 * preflight check `pfn_files_read_file_preflight`. `out` is zeroed before the call
 * and released by the caller, also after a failure. `in` stays valid until completion. */
typedef pf_status (*pf_node_fn)(pf_call* call, const void* in, void* out);

/* A node that has effects, as generated code calls it (pf_run_node). The fields lie in `in` and
 * `out` at their offsets. */
typedef struct pf_node {
  const char* name;
  const char* effects; /* as its interface names them, with blanks between */
  pf_node_fn run;
  uint32_t port_count;
  uint32_t output_count;
  const pf_field* ports;
  const pf_field* outputs;
  /* Whether the call may be done again when nobody knows whether it was done, though its effects
   * change something; null: never. */
  bool (*repeatable)(const void* in);
} pf_node;

/* A node that another program carries out: `node f(…) -> T by exec("python3", "f.py")`. The module
 * `exec` has these for all of its nodes: `pf_by_exec`, `pf_by_exec_preflight` and
 * `pf_by_exec_settings` take this, then what the functions of one node take. So have `mcp` and
 * `mcp_http`, for `by mcp("files", "read")`, and `openapi`. */
typedef struct pf_foreign {
  const char* node;
  const pf_str* words; /* the texts in the brackets; of a server or API what its file says, too */
  uint32_t word_count;
  uint32_t action_count;
  const int64_t* options; /* what is named there, in the order of the kind's options */
  const char* const* actions;
  const char* folder;      /* of the file that declares it, an absolute path */
  const pf_site* declared; /* where `exec(…)` stands */
  const pf_type* input;    /* the record of its ports, in the layout of `in` */
  const pf_type* output;   /* that of its outputs; one without a name is called "" */
} pf_foreign;

/* Every suspending flow: head, then its slots, which `frame->info` describes. */
typedef struct pf_frame_slot {
  const pf_type* type;
  uint32_t offset;
  const char* name;
} pf_frame_slot;

/* What decides the results of a flow beside its arguments: what it does, as lines
 * `part<TAB>SHA-256`, whether it reads paths or runs commands, to which the working
 * folder matters, and the settings of nodes marked `settings` that it calls at `sites`. */
typedef struct pf_settings pf_settings;
typedef void (*pf_settings_fn)(pf_settings* to, const pf_site* const* sites, size_t count);
typedef struct pf_settings_source {
  pf_settings_fn add;
  const pf_site* const* sites;
  size_t site_count;
} pf_settings_source;
typedef struct pf_behaviour {
  const char* parts;
  uint32_t in_folder;
  uint32_t source_count;
  const pf_settings_source* sources;
} pf_behaviour;
typedef struct pf_frame_info {
  const char* name;
  uint32_t size;
  uint32_t slot_count;
  const pf_frame_slot* slots; /* counted slots: released when the frame is freed */
  pf_status (*resume)(pf_frame* frame);
  uint32_t param_count;
  uint32_t result_count;
  const pf_frame_slot* params; /* all of them, counted or not */
  const pf_frame_slot* results;
  const pf_behaviour* behaviour; /* of one that stages with `cache` run; else null */
} pf_frame_info;
struct pf_frame {
  const pf_frame_info* info;
  pf_frame* parent; /* for whom it runs; null for the root */
  /* What happens when it has ended after a suspension; null: its parent, whose
   * call.state it is, is resumed. The failure of PF_FAILED is pending. */
  void (*ended)(pf_frame* frame, pf_status status);
  uint32_t state; /* 0 at the start; codegen's own */
  uint32_t depth; /* the runtime's own */
  pf_call call;   /* the pending call of this frame */
};

/* A node or flow that may be called by its name with arguments that are data. */
struct pf_tool {
  const char* name;
  const char* doc;
  const pf_type* input; /* the record of its ports, in the layout of an argument block */
  const pf_frame_info* flow;
};

/* ---- flows that the runtime starts ------------------------------------------------------
 * For a stage with policies (pf_try_start), `each` and `par`. The caller has begun
 * `frame->call` as for a node. Arguments lie in the caller's frame, in the layout of
 * a C struct with the parameters' types in order, borrowed until the call has ended;
 * the runtime retains them into each child. Results are moved to `out`, zeroed room
 * of the same kind in the caller's frame. All return PF_DONE, PF_FAILED (the failure
 * is in frame->call) or PF_PENDING, after which the frame is resumed with one of the
 * others in call.status. */

/* Of `each`: the arguments are the list and what is captured; the flow's are the item
 * and what is captured. */
typedef struct pf_each_out {
  pf_list results; /* stays empty when the flow has no result */
  int64_t skipped;
  pf_list errors; /* of pf_item_error */
} pf_each_out;

typedef struct pf_branch {
  const pf_frame_info* flow;
  uint32_t arguments; /* offset in the block of arguments */
  uint32_t results;   /* offset in the block of results */
} pf_branch;

/* The function of `stream.pipe`: 0 drops the item, 1 keeps what is in `out`, 2 failed
 * (the failure is pending). `captured` is a block of arguments. */
typedef struct pf_pipe {
  int32_t (*run)(const void* captured, const void* item, void* out);
  const pf_type* item;
  const pf_frame_slot* captured; /* offsets in the block */
  uint32_t captured_count;
  uint32_t captured_size;
} pf_pipe;

/* ---- the program -------------------------------------------------------------------- */

typedef struct pf_param {
  const char* name;
  const pf_type* type;
  const char* doc;
  const char* default_text;         /* null: required */
  bool (*default_value)(void* out); /* true when it failed; null: required */
  uint32_t offset;                  /* in the parameter block */
  uint32_t from_stdin;
} pf_param;

/* How to run what may suspend: pf_loop; null without async nodes, so that none is linked. */
typedef struct pf_loop_api {
  pf_status (*run)(pf_frame* root);
} pf_loop_api;
extern const pf_loop_api pf_loop;
/* For flows that have `each`, `par` or policies, but nothing that waits. */
extern const pf_loop_api pf_sync_loop;

/* Checked before anything runs; false after pf_config_error was called. */
typedef bool (*pf_preflight_fn)(const pf_site* const* sites, size_t count);
typedef struct pf_preflight {
  pf_preflight_fn check;
  const pf_site* const* sites;
  size_t site_count;
} pf_preflight;

typedef struct pf_program pf_program;
typedef struct pf_watch pf_watch;   /* pflow/watch.h */
typedef struct pf_server pf_server; /* pflow/serve.h */
typedef struct pf_served pf_served;

struct pf_program {
  uint32_t abi_version;
  const char* name; /* of the source file, without folder and .pf */
  const char* doc;
  const pf_param* params;
  uint32_t param_count;
  uint32_t params_size;
  uint32_t results_size;
  uint32_t result_count;
  const pf_field* results; /* name, type, offset in the result block */
  /* Either `run` is set, or `start` and `finish` for an entry that may suspend. */
  bool (*run)(const void* params, void* results); /* true when it failed */
  pf_frame* (*start)(const void* params);         /* a root frame */
  void (*finish)(pf_frame* root, void* results);  /* moves its results out */
  const pf_loop_api* loop;
  const pf_preflight* preflights;
  uint32_t preflight_count;
  uint32_t watch_count;
  const pf_watch* const* watches;
  const char* report_page; /* with `@RUN@` where the run goes as JSON; null: without pf_report */
  /* A line `SITE<TAB>HASH` for each site whose node has effects, in the order of the sites; the
   * hash is that of the types of its outputs. Null: without pf_journal. */
  const char* plan;
  bool durable;            /* the run keeps a journal unless it is told otherwise */
  const pf_server* server; /* what serves the flows; null: nobody does */
  uint32_t served_count;
  const pf_served* served;
};

/* What the generated `main` calls. Returns the exit code. */
int pf_main(int argc, char** argv, const pf_program* program);

/* What the `main` of a program of tests calls: runs the test whose number is its
 * first argument, in virtual time; `--allow-net` behind it lets calls use the network. */
typedef struct pf_test {
  const char* title;
  const pf_program* program;
} pf_test;
int pf_test_main(int argc, char** argv, const pf_test* tests, size_t count);

/* ---- for node authors (also as C++ in pflow/node.hpp) --------------------------------- */

/* Fails the call; `format` as printf. Returns PF_FAILED. */
pf_status pf_fail(pf_call* call, pf_error_kind kind, const char* format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds a help row to the failure that pf_fail just stored in the call. */
void pf_fail_help(pf_call* call, const char* format, ...) __attribute__((format(printf, 2, 3)));
/* Adds a note: what the other side said of it, not what can be done. */
void pf_fail_note(pf_call* call, const char* format, ...) __attribute__((format(printf, 2, 3)));
/* What the failure that pf_fail just stored says to the retries of a stage: the
 * status of an HTTP response (a 4xx but 408 and 429 is not repeated) and how long the
 * server asks to wait (nanoseconds; negative: it does not say). */
void pf_fail_status(pf_call* call, int status, int64_t retry_after);
/* … that another try is not wanted, as what was asked may have happened or would end alike:
 * repeated only with an explicit retry_on. */
void pf_fail_once(pf_call* call);
/* … and its `error.data`, which is taken over. */
void pf_fail_data(pf_call* call, pf_json data);
/* What one question to a model used. */
typedef struct pf_used {
  const char* provider;
  pf_str model;
  int64_t input_tokens;        /* all of them … */
  int64_t cached_input_tokens; /* … and those of them that came out of the provider's cache */
  int64_t output_tokens;       /* all of them … */
  int64_t reasoning_tokens;    /* … and those of them that nobody reads */
  double cost;                 /* US dollars */
  bool has_cost;               /* false: nobody knows it */
} pf_used;
/* Within a call of a node what costs money is an effect of its own: one question to a model. It
 * begins here, to a model of that name. */
typedef struct pf_effect pf_effect;
typedef struct pf_effect_plan {
  const char* provider; /* lives on */
  pf_str model;
  double expected; /* what it may cost, in US dollars; negative: nobody can know */
  /* Called once after PF_PENDING, with PF_DONE when it may begin, or with PF_FAILED. */
  void (*begun)(void* user, pf_status status);
  void* user;
} pf_effect_plan;
/* PF_DONE; PF_PENDING: a budget may allow it when what has begun has cost less than it might;
 * PF_FAILED: a budget would be passed, or could not be kept, and the call was failed. It is to be
 * ended in any case. */
pf_status pf_effect_begin(pf_call* call, const pf_effect_plan* plan, pf_effect** out);
/* What it used, before its end; one of which nothing is told has cost nothing. The texts of `used`
 * do not count. */
void pf_effect_used(pf_effect* effect, const pf_used* used);
/* What was said, for the log of the run: `prompt`, `response`. The text is copied. */
void pf_effect_said(pf_effect* effect, const char* part, const pf_str* text);
/* Whether anybody keeps what is said. */
bool pf_effect_is_kept(void);
/* It goes on when the call has ended. */
void pf_effect_outlives(pf_effect* effect);
/* It is over: PF_DONE, or PF_FAILED after pf_fail. */
void pf_effect_end(pf_effect* effect, pf_status status);
/* A program that asks models keeps a log of its run in PFLOW_HOME, unless that is not wanted; its
 * preflight says so. */
void pf_log_run(void);
/* Takes back the failure that the call just stored, as what was done can be done in another way;
 * its message is the caller's then. False: the call was cancelled, and stays failed. */
bool pf_fail_undo(pf_call* call, pf_str* message);
/* Ends the call with an action that the interface declares. */
void pf_choose(pf_call* call, const char* action);
/* Ends a pending call from the loop thread; never from inside the node's first run. */
void pf_complete(pf_call* call, pf_status status);
/* A fresh text of `len` bytes to be filled through *bytes. */
pf_str pf_str_new(size_t len, char** bytes);
pf_str pf_str_copy(const char* data, size_t len);
void pf_str_retain(pf_str text);
void pf_str_release(pf_str text);
/* The offset of the first byte that is not UTF-8, or `len`: every str must be UTF-8. */
size_t pf_utf8_valid_prefix(const char* data, size_t len);
/* Every text that comes from outside goes through this gate: a byte order mark at its
 * start is left out. False when it is no UTF-8: `message` goes on behind the name of where
 * it came from, "is not UTF-8: byte 0xe9 at offset 3", `help` may be null. */
typedef struct pf_text_problem {
  char message[64];
  const char* help;
} pf_text_problem;
bool pf_take_text(pf_str* bytes, pf_text_problem* problem);
/* Its parts, for who reads text piece by piece: the bytes of a mark, and the words about
 * the bytes at `bad`, which begin at `offset` of the whole. */
size_t pf_byte_order_mark(const char* data, size_t len);
void pf_not_text(pf_text_problem* problem, const char* bad, size_t left, size_t offset);
/* The model a call without `model` argument uses: --model, PFLOW_MODEL,
 * default_model.txt; null when none is set. */
const char* pf_default_model(void);
/* A file of PFLOW_HOME that holds one JSON object; looked at again after a second. What is wrong
 * with a broken one has been reported with pf_config_error. */
typedef enum pf_home_state { PF_HOME_ABSENT, PF_HOME_READ, PF_HOME_BROKEN } pf_home_state;
typedef struct pf_home_file {
  pf_home_state state;
  pf_json object; /* of a file that was read */
  const char* path;
  pf_str text;       /* its bytes */
  const char* holds; /* what stands in it, as errors call it: "the file of keys" */
  const char* help;
} pf_home_file;
/* `holds` and `help` live on. The file stays valid until it is asked for again. */
const pf_home_file* pf_home_object(const char* name, const char* holds, const char* help);
/* The value of a member; null when there is none. */
const pf_json* pf_home_member(const pf_home_file* file, const char* name);
/* Reports what is wrong with the value of a member of a file that was read, and in which line. */
void pf_home_wrong(const pf_home_file* file, const char* member, const char* format, ...)
    __attribute__((format(printf, 3, 4)));
/* The path of a file of PFLOW_HOME, the caller's; false when nothing says where that is. */
bool pf_home_path(const char* name, pf_str* path);
/* The bytes of any file of PFLOW_HOME, and its path, both the caller's. */
pf_home_state pf_home_bytes(const char* name, pf_str* path, pf_str* bytes);
/* A key by name: keys.json in PFLOW_HOME, then `variable`. A broken keys.json has
 * been reported with pf_config_error. */
typedef enum pf_key_state { PF_KEY_FOUND, PF_KEY_ABSENT, PF_KEY_BROKEN } pf_key_state;
pf_key_state pf_key(const char* name, const char* variable, pf_str* out);
/* For `pfn_MODULE_NODE_settings` of a node marked `settings`, which says what beside its
 * arguments decides its results, before a stored result is taken for those of the calls
 * at `sites`. `name` is shown when a result is not found: `default model`; of the value
 * only a hash is kept, and nothing secret belongs into it. */
void pf_setting_add(pf_settings* to, const char* name, const char* value);
/* The text that the call at `site` has at a port of type `str` or `str?`; null when it is
 * not known yet. Of `none` the data is null. */
const pf_str* pf_setting_argument(const pf_settings* of, const pf_site* site, const char* port);
/* Reports a configuration error that stands at `site` (may be null). */
void pf_config_error(const pf_site* site, const char* help, const char* format, ...)
    __attribute__((format(printf, 3, 4)));

/* As read(2) and write(2), but they wait where the file of the descriptor is one that does
 * not: another process may have set that, which shares it. -1: errno says why. */
int64_t pf_read(int descriptor, void* to, size_t len);
int64_t pf_write(int descriptor, const void* data, size_t len);
/* Writes to standard output; with --json, where that holds one JSON object, to
 * standard error. When the reader went away the program ends with 141. False:
 * errno says why. */
bool pf_print(const char* data, size_t len);
/* This value is what pf_print has written last, and a line end: who is to print it next need
 * not, which pf_is_printed then says, once. That is null where nobody calls pf_printed. */
void pf_printed(const pf_str* text);
bool pf_is_printed(const pf_str* text) __attribute__((weak, visibility("default")));
/* Ends the program with an error: for memory that a node cannot have. */
void pf_out_of_memory(void) __attribute__((noreturn));
/* Whether --quiet was given: nothing but results and errors is shown. */
bool pf_quiet(void);
/* Whether --live was given, or PFLOW_LIVE is set: the last answer of a model is shown while it
 * comes. */
bool pf_live(void);
/* A file that a signal or an early exit must not leave behind, from its creation
 * until its rename or removal. The path is copied; -1 when it is too long. */
int pf_temp_file_add(const char* path);
void pf_temp_file_done(int handle);
/* A folder that is removed with all it holds when the program ends, however that is.
 * The path, an absolute one, is copied; -1 when it is too long or the table full. */
int pf_temp_dir_add(const char* path);
/* A process group that an early exit must not leave running, from its start until
 * its end. -1 when the table is full. */
int pf_process_group_add(int32_t group);
void pf_process_group_done(int handle);

/* Reads `text`, one JSON document, by `type` into `out`, which is zeroed. False:
 * `problem` is set, and `out` is all zero again. */
typedef struct pf_json_problem {
  pf_error_kind kind; /* PF_E_PARSE: no JSON; PF_E_SCHEMA: of another shape; or of a default */
  pf_str message;     /* to be released: `$.items[3].name: expected int, found str` */
  size_t offset;      /* of PF_E_PARSE: where in the text */
} pf_json_problem;
bool pf_json_decode(const pf_str* text, const pf_type* type, void* out, pf_json_problem* problem);
/* The same for a node: fails the call. */
pf_status pf_json_read(pf_call* call, const pf_str* text, const pf_type* type, void* out);
/* Any value as JSON: on one line, or indented by so many columns a level. */
pf_str pf_json_text(const void* value, const pf_type* type, int indent);

/* Which of the candidates is spelled nearest to the word, by its index; -1: none is near. */
int64_t pf_nearest(const pf_str* word, const pf_str* candidates, size_t count);

/* The bytes that base64 (RFC 4648) stands for, with or without line ends and padding. Else
 * what is wrong, as "a character that is no digit", and the offset of it. */
const char* pf_base64_decode(const pf_str* text, pf_str* out, size_t* offset);
/* Of so many items of this stage some were skipped because they failed: told at the end. */
void pf_count_skipped(const pf_site* site, int64_t skipped, int64_t items);
/* Why one of them was, told with the count. */
void pf_note_skipped(const pf_site* site, pf_error_kind kind, const pf_str* reason);

/* The stream that a function makes of the items of another, whose reference it takes.
 * `captured` becomes the stream's own, so that the function may change it from item to
 * item. Once the items have ended, `flush`, which may be null, gives one more with 1. */
pf_stream* pf_stream_gather(pf_stream* source, const pf_pipe* pipe, const void* captured,
                            int32_t (*flush)(const void* captured, void* out));

/* Pulls all items of a stream, which stays the caller's, for a node that is `async`
 * in its interface. `take` gets each item, released after it, and returns PF_DONE, or
 * PF_FAILED after pf_fail; `end` is called once with PF_DONE or PF_FAILED, also after
 * a cancellation, and its status is the node's. Both run on the loop thread. */
typedef struct pf_consumer {
  pf_status (*take)(pf_call* call, void* state, const void* item);
  pf_status (*end)(pf_call* call, void* state, pf_status status);
} pf_consumer;
pf_status pf_stream_consume(pf_call* call, pf_stream* stream, const pf_consumer* consumer,
                            void* state);

/* Runs a tool for a pending call, beside others if it likes. `arguments` is a record of
 * `tool->input`, borrowed until this returns. `ended` is called once, perhaps before this returns:
 * with PF_DONE, and `run` holds what `run->info->results` say, borrowed for that call, or with
 * PF_FAILED, and the failure is pending: pf_error_take gives it, or when that cannot be caught
 * pf_fail_pending makes it that of the call. What is given back is good for pf_tool_cancel until
 * then; null when it has ended. */
typedef void (*pf_tool_ended)(void* user, pf_frame* run, pf_status status);
pf_frame* pf_tool_start(pf_call* call, const pf_tool* tool, const void* arguments,
                        pf_tool_ended ended, void* user);
/* It ends soon, with a failure of the kind `cancelled`. */
void pf_tool_cancel(pf_frame* run);
pf_status pf_fail_pending(pf_call* call);

/* The failure of the try before, when the stage of this call is tried again; borrowed. */
bool pf_failed_before(const pf_call* call, pf_error_value* failure);

/* ---- for generated code ------------------------------------------------------------------ */

#define PF_C_void_ void
#define PF_C_bool_ bool
#define PF_C_i32 int32_t
#define PF_C_i64 int64_t
#define PF_C_f64 double
#define PF_C_ptr void*
#define PF_C_cptr const void*
#define PF_C_str_out pf_str*
#define PF_C_str_in const pf_str*
#define PF_C_type const pf_type*
#define PF_C_site const pf_site*
#define PF_C_frame pf_frame*
#define PF_C_call pf_call*
#define PF_FN0(result, name) PF_C_##result name(void);
#define PF_FN1(result, name, a) PF_C_##result name(PF_C_##a);
#define PF_FN2(result, name, a, b) PF_C_##result name(PF_C_##a, PF_C_##b);
#define PF_FN3(result, name, a, b, c) PF_C_##result name(PF_C_##a, PF_C_##b, PF_C_##c);
#define PF_FN4(result, name, a, b, c, d) PF_C_##result name(PF_C_##a, PF_C_##b, PF_C_##c, PF_C_##d);
#define PF_FN5(result, name, a, b, c, d, e) \
  PF_C_##result name(PF_C_##a, PF_C_##b, PF_C_##c, PF_C_##d, PF_C_##e);
#include "pflow/abi.def"

/* Function recursion below this stack address fails with kind `limit`. */
extern const char* pf_stack_limit;

#ifdef __cplusplus
}
#endif
#endif
