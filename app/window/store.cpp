#include "app/window/store.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "app/files/bundled.h"
#include "app/files/exercise_file.h"
#include "app/files/lesson_file.h"
#include "app/files/system/file_io.h"
#include "app/files/user/answer_file.h"
#include "app/window/keep/documents.h"
#include "app/window/second_scene.h"
#include "app/window/worker.h"
#include "core/derive/plan.h"
#include "core/session/update.h"
#include "core/tensor/problem_of.h"

namespace convscope::window {
namespace {

using Clock = std::chrono::steady_clock;

// What is computed at once, in a plan's multiply-adds: half a frame at 4e9 of them a second, a
// tenth of what two cores with AVX-512 do.
constexpr std::int64_t kSmallWork = 32'000'000;

// While a number is dragged the map changes at least this often.
constexpr std::chrono::milliseconds kLongestStill{500};
// A map that has taken longer than this may be given up for a newer one.
constexpr std::chrono::milliseconds kSlowMap{100};

bool is_bundled(const std::string& what) {
  const std::vector<std::string> ids = files::bundled_lesson_ids();
  return std::ranges::find(ids, what) != ids.end();
}

// What may be done while nothing is open.
bool needs_no_lesson(const session::Action& action) {
  return action.is<session::action::SetTheme>() || action.is<session::action::SetLanguage>() ||
         action.is<session::action::Notify>() || action.is<session::action::DismissNotice>();
}

}  // namespace

struct Store::State {
  State(session::Session start, conv::Algorithm wanted)
      : session(std::move(start)), algorithm(wanted), second(wanted) {
    documents.opened(session.document, {});
  }

  session::Session session;
  conv::Algorithm algorithm;
  std::shared_ptr<const derive::Derived> derived = std::make_shared<const derive::Derived>();
  std::optional<Clock::time_point> asked;  // since when the worker computes a map
  bool behind = false;                     // there has been a change since
  Clock::time_point shown;                 // when the map last changed
  bool empty = false;
  std::optional<Problem> first_failure;
  Documents documents;
  std::optional<Store::Recovered> recovered;
  bool refreshing = false;
  std::optional<Problem> refresh_failure;
  std::vector<lesson::Locale> locales = files::bundled_locales();
  std::vector<quiz::Exercise> exercises = files::bundled_exercises();
  std::optional<std::filesystem::path> answer_file;
  SecondScene second;
  Worker worker;

  template <typename Work>
  void guard(const Work& work);
  void apply(const session::Action& action, derive::Derived operands = {},
             files::Origin origin = {}, bool autosave = false);
  void show(derive::Derived next);
  void keep_answer(const session::Session& before);
  void start_exercise(const std::string& id);
  void take_in_file(OpenedFile opened);
  void take_in_failure(FailedFile failed);
  void take_in_fresh(FreshFiles fresh);
  void derive_scene(bool moved);
  bool may_finish() const;
  derive::Plan plan() const;
  void start_map(derive::Plan plan);
  void stop_map();
  void open(const session::action::Open& action);
  void use_array(const session::action::UseArray& action);
  void refresh(bool whole_lesson);
  void restore_place(const session::Session& before);
  void take_picture(const std::string& path);
  void save(const std::string& where);
  bool take_in(WorkResult result);
};

// An exception in here becomes a notice: nothing may end the program and lose the edits.
template <typename Work>
void Store::State::guard(const Work& work) {
  try {
    work();
  } catch (...) {
    apply(session::action::Notify{problem_of(std::current_exception())});
  }
}

void Store::State::show(derive::Derived next) {
  derived = std::make_shared<const derive::Derived>(std::move(next));
}

// Derives anew after every change of the document or of the scene, and when the training is first
// looked at. Of another scene nothing is known but `operands`, if given.
void Store::State::apply(const session::Action& action, derive::Derived operands,
                         files::Origin origin, bool autosave) {
  const session::Session before = std::exchange(session, session::update(session, action));
  const bool other = session.document.number != before.document.number;
  const bool moved = other || session.look.scene != before.look.scene;
  if (other && action.is<session::action::Opened>()) {
    autosave ? documents.recovered(session.document, std::move(origin))
             : documents.opened(session.document, std::move(origin));
  }
  if (moved) {
    show(std::move(operands));
  }
  const bool asked_training = session::wants_training(session) &&
                              !session::wants_training(before) && derived->training->empty();
  if (moved || asked_training || before.document.lesson != session.document.lesson) {
    derive_scene(moved);
  }
  second.follow(session, derived);
  keep_answer(before);
}

void Store::State::keep_answer(const session::Session& before) {
  const bool answered = session::is_asking(before) && session.asking &&
                        !session.asking->is_open() &&
                        session.outcomes.size() > before.outcomes.size();
  if (!answered || !answer_file) {
    return;
  }
  const auto english =
      std::ranges::find(locales, lesson::Language::kEnglish, &lesson::Locale::language);
  files::append_answer(
      *answer_file, quiz::log_entry(session.asking->question(), *session.asking->verdict,
                                    files::time_text(), session.outcomes.back().hinted, *english));
}

void Store::State::start_exercise(const std::string& id) {
  const auto found = std::ranges::find(exercises, id, &quiz::Exercise::id);
  if (found == exercises.end()) {
    throw Failure({"no_exercise", "", {{"exercise", id}}});
  }
  apply(session::action::ExerciseStarted{*found});
}

derive::Plan Store::State::plan() const {
  const auto scene = static_cast<std::size_t>(session.look.scene);
  return derive::plan(session.document.lesson->scenes[scene], {.algorithm = algorithm}, *derived,
                      session::wants_training(session));
}

void Store::State::derive_scene(bool moved) {
  const lesson::Scene& scene = session::scene_of(session);
  const bool reshaped = moved || !derive::fits(*derived, scene);
  derive::Plan next = plan();
  if (next.work <= kSmallWork) {
    stop_map();
    show(derive::carry_out(std::move(next)));
    shown = Clock::now();
    return;
  }
  if (next.operands_work <= kSmallWork) {
    derive::make_operands(next);
    show(derive::with_maps_of(next.operands, *derived, next.with_training));
  } else if (!derive::fits(*derived, scene)) {
    show({});  // the worker brings the operands
  }
  if (!reshaped && may_finish()) {
    behind = true;
  } else {
    start_map(std::move(next));
  }
}

// Whether to finish the map under way although there is a newer change.
bool Store::State::may_finish() const {
  if (!asked) {
    return false;
  }
  const Clock::time_point now = Clock::now();
  return now - *asked < kSlowMap || now - shown > kLongestStill;
}

void Store::State::start_map(derive::Plan next) {
  stop_map();
  worker.map(std::move(next));
  asked = Clock::now();
}

void Store::State::stop_map() {
  worker.cancel_map();
  asked.reset();
  behind = false;
}

void Store::State::open(const session::action::Open& action) {
  if (is_bundled(action.what)) {
    apply(session::action::Opened{files::open_lesson(action.what)});
  } else {
    refreshing = false;  // a new request replaces the waiting one
    worker.open({.what = action.what, .options = {.shrink = action.shrink}});
  }
}

void Store::State::use_array(const session::action::UseArray& action) {
  apply(files::read_array_for(action));
}

void Store::State::refresh(bool whole_lesson) {
  const session::Document& own = session::own_document(session);
  const std::optional<std::string>& path = documents.origin(own).path;
  if (refreshing || worker.opening() || (whole_lesson && !path)) {
    return;
  }
  refreshing = true;
  if (whole_lesson) {
    worker.open({.what = *path, .keep_place = true});
  } else {
    worker.open({.what = "", .refresh = own.lesson});
  }
}

// Scene, layer, views and moment as they were, as far as they are still there.
void Store::State::restore_place(const session::Session& before) {
  apply(session::action::SetScene{before.look.scene});
  apply(session::action::SetLayer{before.look.layer});
  apply(session::action::SetSecondView{});
  apply(session::action::SetView{before.look.view});
  apply(session::action::SetSecondView{before.look.second_view});
  apply(session::action::Seek{before.clock.frame});
}

void Store::State::take_in_fresh(FreshFiles fresh) {
  refreshing = false;
  const session::Document before = session.document;
  const bool was_saved = !documents.unsaved(before);
  const std::optional<Problem> notice = std::exchange(session.transient.notice, std::nullopt);
  apply(session::action::Refreshed{std::move(fresh.files)});
  refresh_failure = std::exchange(session.transient.notice, notice);
  if (was_saved && before.lesson != session.document.lesson) {
    documents.refreshed(session.document);
  }
}

void Store::State::save(const std::string& where) {
  const session::Document& own = session::own_document(session);
  files::save_lesson(own.lesson, where);
  documents.saved(own, where);
  apply(session::action::Notify{{"saved", "", {{"file", where}}}});
}

// Only pictures that are built in: others are opened, not taken into a lesson.
void Store::State::take_picture(const std::string& path) {
  const lesson::FileSource source{lesson::FileSource::Kind::kImage, path};
  apply(session::action::PictureTaken{{source, files::load_bundled(source), {}}});
}

void Store::State::take_in_file(OpenedFile opened) {
  const bool first = std::exchange(empty, false);
  const bool autosave = opened.request.autosave;
  const session::Session before = session;
  apply(session::action::Opened{std::move(opened.lesson)}, std::move(opened.operands),
        std::move(opened.origin), autosave);
  if (opened.request.keep_place) {
    refreshing = false;
    refresh_failure.reset();
    restore_place(before);
  }
  if (autosave) {
    if (opened.original) {
      session.document.original = *std::move(opened.original);
    }
    // The work is unsaved: no undo may take it off the stage, where it is kept safe.
    session.document.history = {};
    recovered = Recovered{std::move(opened.request.what), std::nullopt};
  }
  if (!opened.remarks.empty()) {
    apply(session::action::Notify{std::move(opened.remarks.front())});
  }
  if (first) {
    session.document.history = {};  // the document before it was a placeholder
  }
}

void Store::State::take_in_failure(FailedFile failed) {
  if (failed.request && (failed.request->refresh || failed.request->keep_place)) {
    refreshing = false;
    refresh_failure = std::move(failed.problem);
    return;  // the last good tensors stay
  }
  asked.reset();
  if (failed.request && failed.request->autosave) {
    recovered = Recovered{failed.request->what, failed.problem};
  } else if (empty) {
    first_failure = failed.problem;
  }
  apply(session::action::Notify{std::move(failed.problem)});
}

bool Store::State::take_in(WorkResult result) {
  if (auto* opened = std::get_if<OpenedFile>(&result)) {
    take_in_file(std::move(*opened));
    return true;
  }
  if (auto* fresh = std::get_if<FreshFiles>(&result)) {
    take_in_fresh(std::move(*fresh));
    return true;
  }
  if (auto* failed = std::get_if<FailedFile>(&result)) {
    take_in_failure(std::move(*failed));
    return true;
  }
  derive::Derived& map = std::get<FinishedMap>(result).derived;
  const bool complete = derive::has_maps(map);
  if (complete) {
    asked.reset();
    shown = Clock::now();
  }
  if (!derive::fits(map, session::scene_of(session)) || (behind && !complete)) {
    return false;
  }
  show(behind ? derive::with_older_maps(*derived, map)
              : derive::with_maps_of(std::move(map), *derived, session::wants_training(session)));
  return true;
}

Store::Store(session::Session session, conv::Algorithm algorithm)
    : state_(std::make_unique<State>(std::move(session), algorithm)) {
  state_->derive_scene(true);
}

Store::Store(session::Session session, ToOpen first, conv::Algorithm algorithm)
    : state_(std::make_unique<State>(std::move(session), algorithm)) {
  state_->empty = true;
  state_->worker.open(std::move(first));
}

Store::Store(session::Session session, const std::string& first, conv::Algorithm algorithm)
    : Store(std::move(session), ToOpen{.what = first}, algorithm) {}

Store::~Store() = default;

const session::Session& Store::session() const { return state_->session; }
const derive::Derived& Store::derived() const { return *state_->derived; }

picture::Shown Store::shown(const picture::Viewport& viewport) const {
  return picture::shown_of(state_->session, state_->derived, viewport, state_->second.derived(),
                           state_->second.difference());
}

const lesson::Locale& Store::locale() const {
  return *std::ranges::find(state_->locales, state_->session.look.language,
                            &lesson::Locale::language);
}

std::span<const lesson::Locale> Store::locales() const { return state_->locales; }
void Store::speak(std::vector<lesson::Locale> locales) { state_->locales = std::move(locales); }

void Store::dispatch(const session::Action& action) {
  state_->guard([&] {
    if (const auto* open = action.as<session::action::Open>()) {
      state_->open(*open);
    } else if (state_->empty && !needs_no_lesson(action)) {
      return;
    } else if (const auto* save = action.as<session::action::Save>()) {
      state_->save(save->path);
    } else if (const auto* array = action.as<session::action::UseArray>()) {
      state_->use_array(*array);
    } else if (action.is<session::action::Refresh>()) {
      state_->refresh(false);
    } else if (const auto* picture = action.as<session::action::TakePicture>()) {
      state_->take_picture(picture->path);
    } else if (const auto* start = action.as<session::action::StartExercise>()) {
      state_->start_exercise(start->exercise);
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
  state_->guard([&] { changed = state_->second.poll() || changed; });
  if (changed) {
    state_->guard([&] { state_->second.follow(state_->session, state_->derived); });
  }
  return changed;
}

void Store::catch_up() {
  if (state_->behind && !state_->asked) {
    state_->guard([&] { state_->start_map(state_->plan()); });
  }
}

bool Store::empty() const { return state_->empty; }
const std::optional<Problem>& Store::first_failure() const { return state_->first_failure; }
const std::optional<std::string>& Store::path() const { return origin().path; }
const files::Origin& Store::origin() const {
  return state_->documents.origin(session::own_document(state_->session));
}
bool Store::changed_on_disk() const {
  return state_->documents.changed_on_disk(session::own_document(state_->session));
}
bool Store::untold_change() const {
  return state_->documents.untold_change(session::own_document(state_->session));
}
void Store::keep_mine() { state_->documents.keep_mine(session::own_document(state_->session)); }

void Store::recover(const std::string& autosave) {
  state_->worker.open({.what = autosave, .autosave = true});
}

void Store::refresh(bool whole_lesson) {
  state_->guard([&] { state_->refresh(whole_lesson); });
}
bool Store::refreshing() const { return state_->refreshing; }
const std::optional<Problem>& Store::refresh_failure() const { return state_->refresh_failure; }

std::optional<Store::Recovered> Store::take_recovered() {
  return std::exchange(state_->recovered, std::nullopt);
}

bool Store::unsaved() const {
  return state_->documents.unsaved(session::own_document(state_->session));
}
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
  while (state_->second.wait()) {
    poll();
  }
  poll();
}

void Store::wait_for_first(double seconds) {
  if (state_->empty && state_->worker.wait(seconds)) {
    poll();
  }
}

void Store::keep_answers_in(std::filesystem::path file) { state_->answer_file = std::move(file); }
std::span<const quiz::Exercise> Store::exercises() const { return state_->exercises; }

void Store::on_ready(std::function<void()> wake) {
  state_->second.on_ready(wake);
  state_->worker.on_ready(std::move(wake));
}

}  // namespace convscope::window
