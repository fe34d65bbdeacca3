// index_add, index_add_all, index_remove: what changes an index.
#include "index.pf.hpp"
#include "work.h"

namespace {

using pf_index::NewEntry;
using pflow::view;

class Adding : public pf_index::Work {
 public:
  Adding(pf_call* call, std::string path, std::vector<NewEntry> entries)
      : Work(call, std::move(path)), entries_(std::move(entries)) {}
  pf_index::Problem run() override { return add_entries(place, entries_); }

 private:
  std::vector<NewEntry> entries_;
};

class Removing : public pf_index::Work {
 public:
  Removing(pf_call* call, std::string path, const index_remove_in* in, index_remove_out* out)
      : Work(call, std::move(path)), keys_(view(in->keys)), out_(out) {}
  pf_index::Problem run() override { return remove_entries(place, keys_, removed_); }
  void give() override { out_->removed = removed_; }

 private:
  std::string keys_;
  index_remove_out* out_;
  int64_t removed_ = 0;
};

pf_status start_adding(pf_call* call, const pf_str& path, std::vector<NewEntry> entries) {
  std::string text;
  if (!pf_index::take_path(call, path, text)) return PF_FAILED;
  return pf_index::Work::start(std::make_unique<Adding>(call, std::move(text), std::move(entries)));
}

}  // namespace

pf_status pfn_index_index_add(pf_call* call, const index_add_in* in, index_add_out*) {
  NewEntry entry{std::string(view(in->key)), std::string(view(in->text)), {}};
  if (!pf_index::take_vector(call, "`vector`", in->vector, entry.vector)) return PF_FAILED;
  std::vector<NewEntry> entries;
  entries.push_back(std::move(entry));
  return start_adding(call, in->path, std::move(entries));
}

pf_status pfn_index_index_add_all(pf_call* call, const index_add_all_in* in, index_add_all_out*) {
  std::vector<NewEntry> entries;
  for (const IndexEntry& from : pflow::Elements<IndexEntry>(in->entries)) {
    NewEntry entry{std::string(view(from.key)), std::string(view(from.text)), {}};
    std::string name = "the vector of `" + entry.key + "`";
    if (!pf_index::take_vector(call, name, from.vector, entry.vector)) return PF_FAILED;
    entries.push_back(std::move(entry));
  }
  return start_adding(call, in->path, std::move(entries));
}

pf_status pfn_index_index_remove(pf_call* call, const index_remove_in* in, index_remove_out* out) {
  std::string path;
  if (!pf_index::take_path(call, in->path, path)) return PF_FAILED;
  return pf_index::Work::start(std::make_unique<Removing>(call, std::move(path), in, out));
}
