#include "app/window/store.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>
#include <vector>

#include "app/files/bundled.h"
#include "app/files/file_io.h"
#include "app/files/lesson_file.h"
#include "app/window/documents.h"
#include "app/window/worker.h"
#include "core/session/update.h"
#include "core/tensor/problem_of.h"

namespace convscope::window {
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
  const std::vector<std::string> ids = files::bundled_lesson_ids();
  return std::ranges::find(ids, what) != ids.end();
}

// Whether these operands belong to a scene of such shapes.
bool fits(const derive::Derived& derived, const lesson::Scene& scene) {
  if (derived.layers.size() != scene.layers.size()) {
    return false;
  }
  for (std::size_t i = 0; i < scene.layers.size(); ++i) {
    const derive::LayerResult& result = derived.layers[i];
    const auto layer = static_cast<std::int64_t>(i);
    if (result.spec != scene.layers[i].spec ||
        result.input.shape() != lesson::layer_input_shape(scene, layer) ||
        result.output_shape != lesson::layer_output_shape(scene, layer)) {
      return false;
    }
  }
  return true;
}

// The maps (and the training) of an older change of the scene beside the operands of the newest.
derive::Derived with_older_maps(derive::Derived newest, derive::Derived older) {
  for (std::size_t i = 0; i < newest.layers.size() && i < older.layers.size(); ++i) {
    derive::LayerResult& layer = newest.layers[i];
    derive::LayerResult& old = older.layers[i];
    layer.output = std::move(old.output);
    layer.output_range = old.output_range;
    layer.output_colors = old.output_colors;
    layer.map = std::move(old.map);
    if (i > 0) {
      layer.input = std::move(old.input);
      layer.input_range = old.input_range;
      layer.equivalent = std::move(old.equivalent);
    }
  }
  if (!older.training.empty()) {
    newest.training = std::move(older.training);
  }
  return newest;
}

// A copy to go on from: it alone holds the memory of maps that are shown no more.
derive::Derived handed_over(derive::Derived& derived) {
  derive::Derived copy = derived;
  for (derive::LayerResult& layer : derived.layers) {
    layer.map.spare = {};
  }
  return copy;
}

bool has_maps(const derive::Derived& derived) {
  return !derived.layers.empty() && !derived.layers.back().output.empty();
}

bool is_lesson_file(const std::string& what) { return files::lower_extension(what) == ".json"; }

// What may be done while nothing is open.
bool needs_no_lesson(const session::Action& action) {
  return std::holds_alternative<session::action::SetTheme>(action) ||
         std::holds_alternative<session::action::SetLanguage>(action) ||
         std::holds_alternative<session::action::Notify>(action) ||
         std::holds_alternative<session::action::DismissNotice>(action);
}

}  // namespace

struct Store::State {
  State(session::Session start, conv::Algorithm wanted)
      : session(std::move(start)), algorithm(wanted) {
    documents.opened(session, std::nullopt);
  }

  session::Session session;
  conv::Algorithm algorithm;
  derive::Derived derived;
  std::optional<Clock::time_point> asked;  // since when the worker computes a map
  bool behind = false;                     // there has been a change since
  Clock::time_point shown;                 // when the map last changed
  bool empty = false;
  std::optional<Problem> first_failure;
  Documents documents;
  std::vector<lesson::Locale> locales = files::bundled_locales();
  Worker worker;

  template <typename Work>
  void guard(const Work& work);
  void apply(const session::Action& action, derive::Derived operands = {},
             std::optional<std::string> file = std::nullopt);
  session::Session change(const session::Action& action);
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

// What is thrown in here becomes a notice: nothing may end the window and take the edits along.
template <typename Work>
void Store::State::guard(const Work& work) {
  try {
    work();
  } catch (...) {
    apply(session::action::Notify{problem_of(std::current_exception())});
  }
}

// Every change of the document or of the scene starts the derivation anew, and so does the first
// look at the training; of another scene nothing that is known helps, but `operands` may.
void Store::State::apply(const session::Action& action, derive::Derived operands,
                         std::optional<std::string> file) {
  const session::Session before = change(action);
  const bool trained_before = derive::wants_training(before);
  const bool other = session.document.number != before.document.number;
  const bool moved = other || session.look.scene != before.look.scene;
  if (other && std::holds_alternative<session::action::Opened>(action)) {
    documents.opened(session, std::move(file));
  }
  if (moved) {
    derived = std::move(operands);
  }
  const bool asked_training =
      derive::wants_training(session) && !trained_before && derived.training.empty();
  if (moved || asked_training ||
      !lesson::same_document(before.document.lesson, session.document.lesson)) {
    derive_scene(moved);
  }
}

// Updates the session; returns the one before without its history, which is long. When the update
// throws, that one stays: undo has nothing then, but the document is there.
session::Session Store::State::change(const session::Action& action) {
  session::History history = std::exchange(session.document.history, {});
  session::Session before = session;
  session.document.history = std::move(history);
  try {
    session = session::update(std::move(session), action);
  } catch (...) {
    session = std::move(before);
    throw;
  }
  return before;
}

void Store::State::derive_scene(bool moved) {
  const lesson::Scene& scene = session::scene_of(session);
  const bool with_training = derive::wants_training(session);
  const conv::RunOptions run = {.algorithm = algorithm};
  const bool reshaped = moved || !fits(derived, scene);
  if (derive::work_of(scene, run, &derived, with_training) <= kSmallWork) {
    stop_map();
    derived = derive::derive(scene, run, std::move(derived), with_training);
    shown = Clock::now();
    return;
  }
  if (derive::operands_work(scene, &derived) <= kSmallWork) {
    derive::Derived operands = derive::derive_operands(scene, &derived, algorithm);
    derived = derive::with_maps_of(std::move(operands), std::move(derived), with_training);
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
  worker.map(session::scene_of(session), algorithm, handed_over(derived),
             derive::wants_training(session));
  asked = Clock::now();
}

void Store::State::stop_map() {
  worker.cancel_map();
  asked.reset();
  behind = false;
}

void Store::State::open(const std::string& what) {
  if (is_bundled(what)) {
    apply(session::action::Opened{files::open_lesson(what)});
  } else {
    worker.open(what);
  }
}

void Store::State::save(const std::string& where) {
  files::save_lesson(session.document.lesson, where);
  documents.saved(session, where);
  apply(session::action::Notify{{"saved", "", {{"file", where}}}});
}

void Store::State::take_in_file(OpenedFile opened) {
  const bool first = std::exchange(empty, false);
  std::optional<std::string> file;
  if (is_lesson_file(opened.what)) {
    file = opened.what;
  }
  apply(session::action::Opened{std::move(opened.lesson)}, std::move(opened.operands),
        std::move(file));
  if (first) {
    session.document.history = {};  // nobody has seen what stood here before
  }
}

void Store::State::take_in_failure(FailedFile failed) {
  asked.reset();
  if (empty) {
    first_failure = failed.problem;
  }
  apply(session::action::Notify{std::move(failed.problem)});
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
  derive::Derived& map = std::get<FinishedMap>(result).derived;
  const bool complete = has_maps(map);
  if (complete) {
    asked.reset();
    shown = Clock::now();
  }
  if (!fits(map, session::scene_of(session)) || (behind && !complete)) {
    return false;
  }
  derived = behind ? with_older_maps(std::move(derived), std::move(map))
                   : derive::with_maps_of(std::move(map), std::move(derived),
                                          derive::wants_training(session));
  return true;
}

Store::Store(session::Session session, conv::Algorithm algorithm)
    : state_(std::make_unique<State>(std::move(session), algorithm)) {
  state_->derive_scene(true);
}

Store::Store(session::Session session, const std::string& first, conv::Algorithm algorithm)
    : state_(std::make_unique<State>(std::move(session), algorithm)) {
  state_->empty = true;
  state_->worker.open(first);
}

Store::~Store() = default;

const session::Session& Store::session() const { return state_->session; }
const derive::Derived& Store::derived() const { return state_->derived; }

const lesson::Locale& Store::locale() const {
  return *std::ranges::find(state_->locales, state_->session.look.language,
                            &lesson::Locale::language);
}

std::span<const lesson::Locale> Store::locales() const { return state_->locales; }

void Store::dispatch(const session::Action& action) {
  state_->guard([&] {
    if (const auto* open = std::get_if<session::action::Open>(&action)) {
      state_->open(open->what);
    } else if (state_->empty && !needs_no_lesson(action)) {
      return;
    } else if (const auto* save = std::get_if<session::action::Save>(&action)) {
      state_->save(save->path);
    } else {
      state_->apply(action);
    }
  });
}

bool Store::poll() {
  bool changed = false;
  while (std::optional<WorkResult> result = state_->worker.take()) {
    bool taken = true;  // a notice of what went wrong is a change
    state_->guard([&] { taken = state_->take_in(std::move(*result)); });
    changed = taken || changed;
  }
  return changed;
}

void Store::catch_up() {
  if (state_->behind && !state_->asked) {
    state_->guard([&] { state_->start_map(); });
  }
}

bool Store::empty() const { return state_->empty; }
const std::optional<Problem>& Store::first_failure() const { return state_->first_failure; }
const std::optional<std::string>& Store::path() const {
  return state_->documents.path(state_->session);
}
bool Store::unsaved() const { return state_->documents.unsaved(state_->session); }
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

}  // namespace convscope::window
