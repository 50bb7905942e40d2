#include "app/window/keep/documents.h"

#include <utility>

namespace convscope::window {
namespace {

bool differs(const std::string& path, const files::FileStamp& known) {
  return files::news_of(path, known) == files::FileNews::kChanged;
}

}  // namespace

Documents::Facts& Documents::renewed(const session::Document& document) {
  const std::vector<session::Snapshot>& past = document.history->past;
  const std::int64_t oldest = past.empty() ? document.number : past.front().document;
  facts_.erase(facts_.begin(), facts_.lower_bound(oldest));
  facts_.erase(facts_.lower_bound(document.number), facts_.end());
  return facts_[document.number];
}

void Documents::opened(const session::Document& document, files::Origin origin) {
  renewed(document) = {std::move(origin), document.lesson, std::nullopt};
}

void Documents::recovered(const session::Document& document, files::Origin origin) {
  renewed(document) = {std::move(origin), std::nullopt, std::nullopt};
}

void Documents::saved(const session::Document& document, const std::string& path) {
  facts_[document.number] = {{path, files::stamp_of(path)}, document.lesson, std::nullopt};
}

void Documents::refreshed(const session::Document& document) {
  facts_[document.number].saved = document.lesson;
}

void Documents::keep_mine(const session::Document& document) {
  Facts& facts = facts_[document.number];
  facts.saved.reset();
  facts.kept_against = facts.origin.path ? files::stamp_of(*facts.origin.path) : std::nullopt;
}

const files::Origin& Documents::origin(const session::Document& document) const {
  static const files::Origin kNowhere;
  const auto found = facts_.find(document.number);
  return found == facts_.end() ? kNowhere : found->second.origin;
}

bool Documents::unsaved(const session::Document& document) const {
  const auto found = facts_.find(document.number);
  return found == facts_.end() || found->second.saved != document.lesson;
}

bool Documents::changed_on_disk(const session::Document& document) const {
  const files::Origin& file = origin(document);
  return file.path && file.stamp && differs(*file.path, *file.stamp);
}

bool Documents::untold_change(const session::Document& document) const {
  if (!changed_on_disk(document)) {
    return false;
  }
  const Facts& facts = facts_.at(document.number);
  return !facts.kept_against || differs(*facts.origin.path, *facts.kept_against);
}

}  // namespace convscope::window
