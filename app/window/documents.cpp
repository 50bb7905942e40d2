#include "app/window/documents.h"

#include <utility>

namespace convscope::window {
namespace {

bool differs(const std::string& path, const files::FileStamp& known) {
  return files::news_of(path, known) == files::FileNews::kChanged;
}

}  // namespace

Documents::Facts& Documents::renewed(const session::Session& session) {
  const std::vector<session::Snapshot>& past = session.document.history->past;
  const std::int64_t oldest = past.empty() ? session.document.number : past.front().document;
  facts_.erase(facts_.begin(), facts_.lower_bound(oldest));
  facts_.erase(facts_.lower_bound(session.document.number), facts_.end());
  return facts_[session.document.number];
}

void Documents::opened(const session::Session& session, files::Origin origin) {
  renewed(session) = {std::move(origin), session.document.lesson, std::nullopt};
}

void Documents::recovered(const session::Session& session, files::Origin origin) {
  renewed(session) = {std::move(origin), std::nullopt, std::nullopt};
}

void Documents::saved(const session::Session& session, const std::string& path) {
  facts_[session.document.number] = {
      {path, files::stamp_of(path)}, session.document.lesson, std::nullopt};
}

void Documents::keep_mine(const session::Session& session) {
  Facts& facts = facts_[session.document.number];
  facts.saved.reset();
  facts.kept_against = facts.origin.path ? files::stamp_of(*facts.origin.path) : std::nullopt;
}

const files::Origin& Documents::origin(const session::Session& session) const {
  static const files::Origin kNowhere;
  const auto found = facts_.find(session.document.number);
  return found == facts_.end() ? kNowhere : found->second.origin;
}

bool Documents::unsaved(const session::Session& session) const {
  const auto found = facts_.find(session.document.number);
  return found == facts_.end() || found->second.saved != session.document.lesson;
}

bool Documents::changed_on_disk(const session::Session& session) const {
  const files::Origin& file = origin(session);
  return file.path && file.stamp && differs(*file.path, *file.stamp);
}

bool Documents::untold_change(const session::Session& session) const {
  if (!changed_on_disk(session)) {
    return false;
  }
  const Facts& facts = facts_.at(session.document.number);
  return !facts.kept_against || differs(*facts.origin.path, *facts.kept_against);
}

}  // namespace convscope::window
