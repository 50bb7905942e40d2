#include "core/quiz/practice/practice.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/quiz/setting/draw.h"
#include "core/quiz/templates/templates.h"

namespace convscope::quiz {
namespace {

std::int64_t number_of_next(const Practice& practice) {
  return static_cast<std::int64_t>(practice.history.size());
}

bool was_right(std::span<const Outcome> history, std::string_view id) {
  return std::ranges::any_of(history, [&](const Outcome& outcome) {
    return outcome.template_id == id && outcome.right && !outcome.hinted;
  });
}

std::vector<std::string> practised(const Practice& practice) {
  std::vector<std::string> ids;
  for (const Template* each : all_templates()) {
    const bool wanted = practice.concepts.empty() ||
                        std::ranges::count(practice.concepts, each->concept_number) > 0;
    if (wanted) {
      ids.emplace_back(each->id);
    }
  }
  return ids;
}

// The concept's next template after this one, cyclically.
std::string other_template(std::string_view id) {
  const std::vector<const Template*> siblings = templates_of(find_template(id)->concept_number);
  const auto own = std::ranges::find(siblings, id, [](const Template* t) { return t->id; });
  const auto at = static_cast<std::size_t>(own - siblings.begin());
  return std::string(siblings[(at + 1) % siblings.size()]->id);
}

// Templates not yet answered right come first, then those asked least; a seed breaks ties.
std::string freshest(const Practice& practice) {
  const std::string last = practice.history.empty() ? "" : practice.history.back().template_id;
  std::map<std::tuple<bool, bool, std::int64_t, std::uint64_t>, std::string> order;
  for (const std::string& id : practised(practice)) {
    const auto asked = std::ranges::count(practice.history, id, &Outcome::template_id);
    order[{id == last, was_right(practice.history, id), asked,
           seed_of({practice.seed, seed_part(id)})}] = id;
  }
  return order.empty() ? "" : order.begin()->second;
}

// Two or three questions after `number`, whichever is free: the previous question can have taken
// only one of them.
std::int64_t return_number(const Practice& practice, std::int64_t number) {
  const std::int64_t wait =
      Draw(seed_of({practice.seed, static_cast<std::uint64_t>(number)})).between(2, 3);
  const auto taken = [&](std::int64_t at) {
    return std::ranges::count(practice.returning, at, &Return::at) > 0;
  };
  return number + (taken(number + wait) ? 5 - wait : wait);
}

}  // namespace

Next next_question(const Practice& practice) {
  const std::int64_t number = number_of_next(practice);
  const auto due = std::ranges::find(practice.returning, number, &Return::at);
  Next next;
  next.template_id = due != practice.returning.end() ? due->template_id : freshest(practice);
  next.seed = seed_of({practice.seed, static_cast<std::uint64_t>(number) + 1});
  return next;
}

Practice after_answer(Practice practice, bool right, bool hinted) {
  const std::string id = next_question(practice).template_id;
  const std::int64_t number = number_of_next(practice);
  practice.history.push_back({id, right, hinted});
  std::erase_if(practice.returning, [&](const Return& back) { return back.at <= number; });
  if (!right && find_template(id) != nullptr) {
    practice.returning.push_back({other_template(id), return_number(practice, number)});
    std::ranges::sort(practice.returning, {}, &Return::at);
  }
  return practice;
}

bool is_held(std::span<const Outcome> history, int concept_number) {
  const std::vector<const Template*> templates = templates_of(concept_number);
  return !templates.empty() && std::ranges::all_of(templates, [&](const Template* each) {
    return was_right(history, each->id);
  });
}

}  // namespace convscope::quiz
