#include "app/window/store.h"

#include <algorithm>
#include <utility>

#include "app/files/embedded.h"
#include "app/files/lesson_file.h"
#include "app/window/worker.h"
#include "core/lesson/update.h"

namespace convscope {
namespace {

// What is done at once: about ten milliseconds of work.
constexpr std::int64_t kSmallWork = 20'000'000;
constexpr std::int64_t kSmallInput = 4'000'000;

Locale load_locale(Language language) {
  const std::string path = "locale/" + std::string(code_of(language)) + ".json";
  return Locale(language, asset_text(path));
}

bool is_large_input(const Scene& scene) { return scene.input.base.shape().count() > kSmallInput; }

bool is_small(const Scene& scene) { return !is_large_input(scene) && work_of(scene) <= kSmallWork; }

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

}  // namespace

struct Store::State {
  explicit State(Session start) : session(std::move(start)) {}

  Session session;
  Derived derived;
  Locale english = load_locale(Language::kEnglish);
  Locale russian = load_locale(Language::kRussian);
  Worker worker;

  void apply(const Action& action, std::optional<Derived> operands = std::nullopt);
  void derive_scene(std::optional<Derived> operands);
  void open(const std::string& what);
  void save(const std::string& path);
  bool take_in(WorkResult result);
};

// Every change of the document or of the scene starts the derivation anew.
void Store::State::apply(const Action& action, std::optional<Derived> operands) {
  const Lesson before = session.lesson;
  const std::int64_t scene_before = session.scene;
  session = update(std::move(session), action);
  if (session.scene != scene_before || !same_document(before, session.lesson)) {
    derive_scene(std::move(operands));
  }
}

void Store::State::derive_scene(std::optional<Derived> operands) {
  const Scene& scene = scene_of(session);
  worker.cancel_map();
  if (is_small(scene)) {
    derived = derive(scene);
    return;
  }
  if (operands) {
    derived = std::move(*operands);
  } else if (!is_large_input(scene)) {
    derived = derive_operands(scene);
  } else if (!fits(derived, scene)) {
    derived = {};  // the worker brings the operands
  }
  worker.map(scene);
}

void Store::State::open(const std::string& what) {
  if (!is_bundled(what)) {
    worker.open(what);
    return;
  }
  try {
    apply(action::Opened{open_lesson(what)});
  } catch (const Failure& failure) {
    apply(action::Notify{failure.problem()});
  }
}

void Store::State::save(const std::string& path) {
  try {
    save_lesson(session.lesson, path);
    apply(action::Notify{{"saved", "", {{"file", path}}}});
  } catch (const Failure& failure) {
    apply(action::Notify{failure.problem()});
  }
}

bool Store::State::take_in(WorkResult result) {
  if (auto* opened = std::get_if<OpenedFile>(&result)) {
    apply(action::Opened{std::move(opened->lesson)}, std::move(opened->operands));
    return true;
  }
  if (auto* failed = std::get_if<FailedFile>(&result)) {
    apply(action::Notify{std::move(failed->problem)});
    return true;
  }
  auto& map = std::get<FinishedMap>(result);
  if (!fits(map.derived, scene_of(session))) {
    return false;
  }
  derived = std::move(map.derived);
  return true;
}

Store::Store(Session session) : state_(std::make_unique<State>(std::move(session))) {
  state_->derive_scene(std::nullopt);
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

std::optional<double> Store::progress() const { return state_->worker.progress(); }

void Store::wait() {
  while (state_->worker.wait()) {
    poll();
  }
  poll();
}

void Store::on_ready(std::function<void()> wake) { state_->worker.on_ready(std::move(wake)); }

}  // namespace convscope
