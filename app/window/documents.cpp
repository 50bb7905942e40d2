#include "app/window/documents.h"

#include <utility>

namespace convscope {

void Documents::opened(const Session& session, std::optional<std::string> path) {
  const std::vector<Snapshot>& past = session.history.past;
  const std::int64_t oldest = past.empty() ? session.document : past.front().document;
  facts_.erase(facts_.begin(), facts_.lower_bound(oldest));
  facts_.erase(facts_.lower_bound(session.document), facts_.end());
  facts_[session.document] = {std::move(path), session.lesson};
}

void Documents::saved(const Session& session, const std::string& path) {
  facts_[session.document] = {path, session.lesson};
}

const std::optional<std::string>& Documents::path(const Session& session) const {
  static const std::optional<std::string> kNowhere;
  const auto found = facts_.find(session.document);
  return found == facts_.end() ? kNowhere : found->second.path;
}

bool Documents::unsaved(const Session& session) const {
  const auto found = facts_.find(session.document);
  return found == facts_.end() || !same_document(found->second.saved, session.lesson);
}

}  // namespace convscope
