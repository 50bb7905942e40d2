#include "app/window/documents.h"

#include <utility>

namespace convscope::window {

void Documents::opened(const session::Session& session, std::optional<std::string> path) {
  const std::vector<session::Snapshot>& past = session.document.history->past;
  const std::int64_t oldest = past.empty() ? session.document.number : past.front().document;
  facts_.erase(facts_.begin(), facts_.lower_bound(oldest));
  facts_.erase(facts_.lower_bound(session.document.number), facts_.end());
  facts_[session.document.number] = {std::move(path), session.document.lesson};
}

void Documents::saved(const session::Session& session, const std::string& path) {
  facts_[session.document.number] = {path, session.document.lesson};
}

const std::optional<std::string>& Documents::path(const session::Session& session) const {
  static const std::optional<std::string> kNowhere;
  const auto found = facts_.find(session.document.number);
  return found == facts_.end() ? kNowhere : found->second.path;
}

bool Documents::unsaved(const session::Session& session) const {
  const auto found = facts_.find(session.document.number);
  return found == facts_.end() || found->second.saved != session.document.lesson;
}

}  // namespace convscope::window
