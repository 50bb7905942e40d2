#include "app/window/store.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include "app/files/bundled.h"
#include "app/files/lesson_file.h"
#include "app/window/worker.h"
#include "core/lesson/update.h"

namespace convscope {
namespace {

using Clock = std::chrono::steady_clock;

// What is done at once: half a frame on a machine that does four thousand million of work_of()'s
// multiply-adds a second, a tenth of what two cores with AVX-512 do.
constexpr std::int64_t kSmallWork = 32'000'000;

// Who drags a number waits at most so long for a map to change.
constexpr std::chrono::milliseconds kLongestStill{500};
// A map that has taken so long is given up for a newer one.
constexpr std::chrono::milliseconds kSlowMap{100};

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

// The maps (and the training) of an older change of the scene beside the operands of the newest.
Derived with_older_maps(Derived newest, Derived older) {
  for (std::size_t i = 0; i < newest.layers.size() && i < older.layers.size(); ++i) {
    LayerResult& layer = newest.layers[i];
    LayerResult& old = older.layers[i];
    layer.output = std::move(old.output);
    layer.output_range = old.output_range;
    layer.output_colors = old.output_colors;
    layer.map = std::move(old.map);
    if (i > 0) {
      layer.input = std::move(old.input);
      layer.input_range = old.input_range;
      layer.stage = std::move(old.stage);
    }
  }
  if (!older.training.empty()) {
    newest.training = std::move(older.training);
  }
  return newest;
}

// A copy to go on from: it alone holds the memory of maps that are shown no more.
Derived handed_over(Derived& derived) {
  Derived copy = derived;
  for (LayerResult& layer : derived.layers) {
    layer.map.spare = {};
  }
  return copy;
}

bool has_maps(const Derived& derived) {
  return !derived.layers.empty() && !derived.layers.back().output.empty();
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
  State(Session start, Algorithm wanted) : session(std::move(start)), algorithm(wanted) {}

  Session session;
  Algorithm algorithm;
  Derived derived;
  std::optional<Clock::time_point> asked;  // since when the worker computes a map
  bool behind = false;                     // there has been a change since
  Clock::time_point shown;                 // when the map last changed
  bool empty = false;
  std::optional<Problem> first_failure;
  std::optional<std::string> path;
  Locale english = bundled_locale(Language::kEnglish);
  Locale russian = bundled_locale(Language::kRussian);
  Worker worker;

  void apply(const Action& action, Derived operands = {});
  void take_in_file(OpenedFile opened);
  void take_in_failure(FailedFile failed);
  void derive_scene(bool moved);
  bool may_finish() const;
  void start_map();
  void stop_map();
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
  const bool asked_training =
      wants_training(session) && !trained_before && derived.training.empty();
  if (moved || edited || asked_training) {
    derive_scene(moved);
  }
}

void Store::State::derive_scene(bool moved) {
  const Scene& scene = scene_of(session);
  const bool with_training = wants_training(session);
  const RunOptions run = {.algorithm = algorithm};
  const bool reshaped = moved || !fits(derived, scene);
  if (work_of(scene, run, &derived, with_training) <= kSmallWork) {
    stop_map();
    derived = derive(scene, run, std::move(derived), with_training);
    shown = Clock::now();
    return;
  }
  if (operands_work(scene, &derived) <= kSmallWork) {
    Derived operands = derive_operands(scene, &derived, algorithm);
    derived = with_maps_of(std::move(operands), std::move(derived), with_training);
  } else if (!fits(derived, scene)) {
    derived = {};  // the worker brings the operands
  }
  if (!reshaped && may_finish()) {
    behind = true;
  } else {
    start_map();
  }
}

// Whether the map under way is still worth showing though there is a newer change.
bool Store::State::may_finish() const {
  if (!asked) {
    return false;
  }
  const Clock::time_point now = Clock::now();
  return now - *asked < kSlowMap || now - shown > kLongestStill;
}

void Store::State::start_map() {
  stop_map();
  asked = Clock::now();
  worker.map(scene_of(session), algorithm, handed_over(derived), wants_training(session));
}

void Store::State::stop_map() {
  worker.cancel_map();
  asked.reset();
  behind = false;
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
  asked.reset();
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
  Derived& map = std::get<FinishedMap>(result).derived;
  const bool complete = has_maps(map);
  if (complete) {
    asked.reset();
    shown = Clock::now();
  }
  if (!fits(map, scene_of(session)) || (behind && !complete)) {
    return false;
  }
  derived = behind ? with_older_maps(std::move(derived), std::move(map))
                   : with_maps_of(std::move(map), std::move(derived), wants_training(session));
  return true;
}

Store::Store(Session session, Algorithm algorithm)
    : state_(std::make_unique<State>(std::move(session), algorithm)) {
  state_->derive_scene(true);
}

Store::Store(Session session, const std::string& first, Algorithm algorithm)
    : state_(std::make_unique<State>(std::move(session), algorithm)) {
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

void Store::catch_up() {
  if (state_->behind && !state_->asked) {
    state_->start_map();
  }
}

bool Store::empty() const { return state_->empty; }
const std::optional<Problem>& Store::first_failure() const { return state_->first_failure; }
const std::optional<std::string>& Store::path() const { return state_->path; }
std::optional<double> Store::progress() const { return state_->worker.progress(); }

std::optional<double> Store::slow_progress() const {
  const bool opening = state_->worker.opening().has_value();
  const bool quick = state_->asked && Clock::now() - *state_->asked < kSlowMap;
  return quick && !opening ? std::nullopt : progress();
}

std::optional<std::string> Store::opening() const {
  const std::optional<std::string> what = state_->worker.opening();
  return what ? std::optional(std::filesystem::path(*what).filename().string()) : std::nullopt;
}

void Store::wait() {
  while (state_->worker.wait() || state_->behind) {
    poll();
    catch_up();
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
