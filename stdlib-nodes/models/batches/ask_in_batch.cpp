#include "ask_in_batch.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "no_batches.h"
#include "pflow/batch.h"
#include "pflow/node.hpp"
#include "sent_batch.h"
#include "stdlib-nodes/models/wire_form.h"

namespace pf_models {
namespace {

/// Questions that go out together, as those of one address or of one batch of before.
struct Group {
  BatchAddress to;
  BegunBatch begun;  ///< by a run before; without a token none was
  std::vector<BatchedQuestion> questions;
  size_t bytes = 0;
};

bool has_room(const Group& group, size_t bytes) {
  const BatchForm& form = *group.to.form;
  return group.questions.size() < form.most_questions && group.bytes + bytes <= form.most_bytes;
}

/// What is sent once every question that a budget allows has come.
class Outbox {
 public:
  void add(const BatchAddress& to, BatchedQuestion question);
  void send();
  [[nodiscard]] bool is_sent() const { return is_sent_; }

 private:
  Group& group_for(const BatchAddress& to, const pf_batch_call& before, size_t bytes);

  std::vector<Group> groups_;
  bool is_sent_ = false;
};

Group& Outbox::group_for(const BatchAddress& to, const pf_batch_call& before, size_t bytes) {
  BegunBatch begun = {std::string(pflow::view(before.token)), std::string(pflow::view(before.id)),
                      before.again};
  for (Group& group : groups_) {
    const bool fits = !begun.token.empty() || has_room(group, bytes);
    if (group.begun.token == begun.token && group.to == to && fits) return group;
  }
  return groups_.emplace_back(Group{to, std::move(begun), {}});
}

void Outbox::add(const BatchAddress& to, BatchedQuestion question) {
  pf_batch_call before{};
  if (&pf_batch_before && !pf_batch_before(question.call, &before)) before = {};
  question.place = before.place;
  const size_t bytes = question.body.size();
  Group& group = group_for(to, before, bytes);
  group.bytes += bytes;
  group.questions.push_back(std::move(question));
}

void Outbox::send() {
  is_sent_ = true;
  for (Group& group : groups_)
    if (group.begun.token.empty())
      send_batch(std::move(group.to), std::move(group.questions));
    else
      take_up_batch(std::move(group.to), std::move(group.questions), group.begun);
}

/// Found by its first member.
struct Waiting {
  pf_gathered gathered;
  std::shared_ptr<Asking> asking;
  std::string body;
  bool begun;  ///< a budget has let it wait, and allows it now
};

void gathered(pf_gathered* first);

pf_status gather(pf_call* call, std::shared_ptr<Asking> asking, std::string body, bool begun) {
  auto* waiting =
      new Waiting{{call, gathered, {}, {}, {}}, std::move(asking), std::move(body), begun};
  call->state = waiting;
  call->cancel = [](pf_call* cancelled) {
    std::unique_ptr<Waiting> left(static_cast<Waiting*>(cancelled->state));
    if (!left) return;
    pf_gather_leave(&left->gathered);
    cancelled->state = nullptr;
    pflow::fail(cancelled, PF_E_CANCELLED, "the question was cancelled");
    pf_complete(cancelled, PF_FAILED);
  };
  pf_gather(&waiting->gathered);
  return PF_PENDING;
}

BatchAddress address_of(const Asking& asking) {
  const Provider& provider = asking.model.provider();
  return {&provider, batch_form(provider), asked_of(provider, asking.model.id), asking.key,
          asking.model.facts->wire->path(asking.request)};
}

/// It may begin, or has.
pf_status put(pf_call* call, const std::shared_ptr<Asking>& asking, std::string body,
              Outbox& outbox) {
  const BatchAddress to = address_of(*asking);
  auto taker = answer_taker(std::move(*asking));
  outbox.add(to, {call, std::move(taker), std::move(body)});
  return PF_PENDING;
}

pf_status begin(pf_call* call, const std::shared_ptr<Asking>& asking, std::string body,
                const std::shared_ptr<Outbox>& outbox) {
  QuestionFacts facts = question_facts(*asking, body.size());
  facts.share = asking->model.provider().batch_share;
  return asking->record.begin(
      call, std::move(facts),
      [call, asking, outbox, body = std::move(body)](pf_status begun) mutable {
        if (begun == PF_FAILED) return fall_back(call, *asking);
        if (outbox->is_sent()) return gather(call, asking, std::move(body), true);
        return put(call, asking, std::move(body), *outbox);
      });
}

/// All that could come are here.
void gathered(pf_gathered* first) {
  auto outbox = std::make_shared<Outbox>();
  while (first) {
    std::unique_ptr<Waiting> waiting(reinterpret_cast<Waiting*>(first));
    first = first->next;
    pf_call* call = waiting->gathered.call;
    call->state = nullptr;
    call->cancel = nullptr;
    const pf_status status = waiting->begun
                                 ? put(call, waiting->asking, std::move(waiting->body), *outbox)
                                 : begin(call, waiting->asking, std::move(waiting->body), outbox);
    if (status != PF_PENDING) pf_complete(call, status);
  }
  outbox->send();
}

}  // namespace

pf_status ask_in_batch(pf_call* call, Asking asking) {
  asking.batched = false;
  if (!batch_form(asking.model.provider())) return fail_without_batches(call, asking.model);
  asking.model.facts = asking.request.facts = batch_facts(asking.model.facts);
  std::string body = asking.model.facts->wire->body(asking.request);
  return gather(call, std::make_shared<Asking>(std::move(asking)), std::move(body), false);
}

}  // namespace pf_models
