#include "app/window/store.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "app/files/bundled.h"
#include "app/files/lesson_file.h"
#include "app/window/worker.h"
#include "core/lesson/update.h"

namespace convscope {
namespace {

// What is done at once: about ten milliseconds of work.
constexpr std::int64_t kSmallWork = 20'000'000;
constexpr std::int64_t kSmallInput = 4'000'000;

bool is_large_input(const Scene& scene) { return scene.input.base.shape().count() > kSmallInput; }

bool is_small(const Scene& scene, bool with_training) {
  return !is_large_input(scene) && work_of(scene, with_training) <= kSmallWork;
}

bool is_bundled(const std::string& what) {
  const std::vector<std::string> ids = bundled_lesson_ids();
  return std::ranges::find(ids, what) != ids.end();
}

// Whether these operands belong to a scene of such shapes.
bool fits(const Derived& derived, const Scene& scene) {
  if (derived.layers.size() != scene.layers.size()) {
    return false;
  }
  for (std::size_t i = 0; i < scene.layers.size(); ++i) {
    const LayerResult& result = derived.layers[i];
    const auto layer = static_cast<std::int64_t>(i);
    if (result.spec != scene.layers[i].spec ||
        result.input.shape() != layer_input_shape(scene, layer) ||
        result.output_shape != layer_output_shape(scene, layer)) {
      return false;
    }
  }
  return true;
}

// Whether the operands cost nothing: the input is the one that was derived from.
bool input_is_known(const Derived& derived, const Scene& scene) {
  return scene.input.edits.empty() && !derived.layers.empty() &&
         derived.layers.front().input.shares_storage_with(scene.input.base);
}

// The new operands with the map of the old ones, which stays until theirs is computed, as does the
// training where it is wanted.
Derived with_map_of(Derived before, Derived operands, bool with_training) {
  for (std::size_t i = 0; i < operands.layers.size() && i < before.layers.size(); ++i) {
    LayerResult& layer = operands.layers[i];
    const LayerResult& old = before.layers[i];
    if (layer.output.empty() && old.output.shape() == layer.output_shape) {
      layer.output = old.output;
      layer.output_range = old.output_range;
      layer.output_colors = old.output_colors;
    }
  }
  if (with_training && operands.training.empty()) {
    operands.training = std::move(before.training);
  }
  return operands;
}

bool is_lesson_file(const std::string& what) {
  return std::filesystem::path(what).extension() == ".json";
}

// What may be done while nothing is open.
bool needs_no_lesson(const Action& action) {
  return std::holds_alternative<action::SetTheme>(action) ||
         std::holds_alternative<action::SetLanguage>(action) ||
         std::holds_alternative<action::Notify>(action) ||
         std::holds_alternative<action::DismissNotice>(action);
}

}  // namespace

struct Store::State {
  explicit State(Session start) : session(std::move(start)) {}

  Session session;
  Derived derived;
  bool empty = false;
  std::optional<Problem> first_failure;
  std::optional<std::string> path;
  Locale english = bundled_locale(Language::kEnglish);
  Locale russian = bundled_locale(Language::kRussian);
  Worker worker;

  void apply(const Action& action, Derived operands = {});
  void take_in_file(OpenedFile opened);
  void take_in_failure(FailedFile failed);
  void derive_scene();
  void open(const std::string& what);
  void save(const std::string& where);
  bool take_in(WorkResult result);
};

// Every change of the document or of the scene starts the derivation anew, and so does the first
// look at the training; of another scene nothing that is known helps, but `operands` may.
void Store::State::apply(const Action& action, Derived operands) {
  const Lesson before = session.lesson;
  const std::int64_t scene_before = session.scene;
  const bool trained_before = wants_training(session);
  session = update(std::move(session), action);
  const bool edited = !same_document(before, session.lesson);
  const bool moved =
      session.scene != scene_before || (edited && std::holds_alternative<action::Opened>(action));
  if (moved) {
    derived = std::move(operands);
  }
  const bool asked = wants_training(session) && !trained_before && derived.training.empty();
  if (moved || edited || asked) {
    derive_scene();
  }
}

void Store::State::derive_scene() {
  const Scene& scene = scene_of(session);
  const bool with_training = wants_training(session);
  worker.cancel_map();
  if (is_small(scene, with_training)) {
    derived = derive(scene, nullptr, &derived, with_training);
    return;
  }
  if (!is_large_input(scene) || input_is_known(derived, scene)) {
    Derived operands = derive_operands(scene, &derived);
    derived = with_map_of(std::move(derived), std::move(operands), with_training);
  } else if (!fits(derived, scene)) {
    derived = {};  // the worker brings the operands
  }
  worker.map(scene, derived, with_training);
}

void Store::State::open(const std::string& what) {
  if (!is_bundled(what)) {
    worker.open(what);
    return;
  }
  try {
    apply(action::Opened{open_lesson(what)});
    path.reset();
  } catch (const Failure& failure) {
    apply(action::Notify{failure.problem()});
  }
}

void Store::State::save(const std::string& where) {
  try {
    save_lesson(session.lesson, where);
    path = where;
    apply(action::Notify{{"saved", "", {{"file", where}}}});
  } catch (const Failure& failure) {
    apply(action::Notify{failure.problem()});
  }
}

void Store::State::take_in_file(OpenedFile opened) {
  empty = false;
  path = is_lesson_file(opened.what) ? std::optional(opened.what) : std::nullopt;
  apply(action::Opened{std::move(opened.lesson)}, std::move(opened.operands));
}

void Store::State::take_in_failure(FailedFile failed) {
  if (empty) {
    first_failure = failed.problem;
  }
  apply(action::Notify{std::move(failed.problem)});
}

bool Store::State::take_in(WorkResult result) {
  if (auto* opened = std::get_if<OpenedFile>(&result)) {
    take_in_file(std::move(*opened));
    return true;
  }
  if (auto* failed = std::get_if<FailedFile>(&result)) {
    take_in_failure(std::move(*failed));
    return true;
  }
  auto& map = std::get<FinishedMap>(result);
  if (!fits(map.derived, scene_of(session))) {
    return false;
  }
  derived = with_map_of(std::move(derived), std::move(map.derived), wants_training(session));
  return true;
}

Store::Store(Session session) : state_(std::make_unique<State>(std::move(session))) {
  state_->derive_scene();
}

Store::Store(Session session, const std::string& first)
    : state_(std::make_unique<State>(std::move(session))) {
  state_->empty = true;
  state_->worker.open(first);
}

Store::~Store() = default;

const Session& Store::session() const { return state_->session; }
const Derived& Store::derived() const { return state_->derived; }

const Locale& Store::locale() const {
  return state_->session.language == Language::kRussian ? state_->russian : state_->english;
}

void Store::dispatch(const Action& action) {
  if (const auto* open = std::get_if<action::Open>(&action)) {
    state_->open(open->what);
  } else if (state_->empty && !needs_no_lesson(action)) {
    return;
  } else if (const auto* save = std::get_if<action::Save>(&action)) {
    state_->save(save->path);
  } else {
    state_->apply(action);
  }
}

bool Store::poll() {
  bool changed = false;
  while (std::optional<WorkResult> result = state_->worker.take()) {
    changed = state_->take_in(std::move(*result)) || changed;
  }
  return changed;
}

bool Store::empty() const { return state_->empty; }
const std::optional<Problem>& Store::first_failure() const { return state_->first_failure; }
const std::optional<std::string>& Store::path() const { return state_->path; }
std::optional<double> Store::progress() const { return state_->worker.progress(); }

std::optional<std::string> Store::opening() const {
  const std::optional<std::string> what = state_->worker.opening();
  return what ? std::optional(std::filesystem::path(*what).filename().string()) : std::nullopt;
}

void Store::wait() {
  while (state_->worker.wait()) {
    poll();
  }
  poll();
}

void Store::wait_for_first(double seconds) {
  if (state_->empty && state_->worker.wait(seconds)) {
    poll();
  }
}

void Store::on_ready(std::function<void()> wake) { state_->worker.on_ready(std::move(wake)); }

}  // namespace convscope
