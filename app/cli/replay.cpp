#include <filesystem>
#include <ostream>
#include <string>
#include <utility>
#include <variant>

#include "app/cli/front.h"
#include "app/files/bundled.h"
#include "app/files/file_io.h"
#include "app/files/image_file.h"
#include "app/files/lesson_file.h"
#include "app/paint/headless.h"
#include "app/window/screenshot.h"
#include "app/window/store.h"
#include "core/lesson/action.h"
#include "core/lesson/update.h"
#include "core/tensor/problem.h"

namespace convscope {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxReplayBytes = 64ull << 20;

// A lesson beside the file of actions, else whatever the command line would understand.
std::string lesson_beside(const fs::path& actions, const std::string& lesson) {
  const fs::path beside = actions.parent_path() / lesson;
  std::error_code ignored;
  return fs::is_regular_file(beside, ignored) ? beside.string() : lesson;
}

// A replay has no clock: what Next or Previous set in motion has arrived before the next action.
void settle_store(Store& store) {
  if (store.session().run_to) {
    store.dispatch(action::Seek{settle(store.session()).frame});
  }
}

// A script has nobody who reads notices: opening and saving are done here, at once, and end the
// replay when they fail.
void apply(Store& store, const Action& action, const fs::path& actions) {
  if (const auto* open = std::get_if<action::Open>(&action)) {
    store.dispatch(action::Opened{open_lesson(lesson_beside(actions, open->what))});
  } else if (const auto* save = std::get_if<action::Save>(&action)) {
    save_lesson(store.session().lesson, save->path);
    store.dispatch(action::Notify{{"saved", "", {{"file", save->path}}}});
  } else {
    store.dispatch(action);
    settle_store(store);
  }
}

void apply_all(Store& store, const Replay& replay, const fs::path& actions, Language language) {
  for (std::size_t i = 0; i < replay.actions.size(); ++i) {
    try {
      apply(store, replay.actions[i], actions);
    } catch (const Failure& failure) {
      throw Failure({"replay_action_failed",
                     "",
                     {{"file", actions.string()},
                      {"index", static_cast<std::int64_t>(i)},
                      {"reason", bundled_locale(language).sentence(failure.problem())}}});
    }
  }
}

}  // namespace

void replay_actions(const command::Replay& what, const Look& look, std::ostream& out) {
  const Replay replay = parse_replay(read_text_file(what.actions, kMaxReplayBytes), what.actions);
  Store store(open_session(open_lesson(lesson_beside(what.actions, replay.lesson)), look.theme,
                           look.language),
              what.algorithm);
  apply_all(store, replay, what.actions, look.language);
  store.wait();
  if (what.out) {
    const TextMetrics metrics = bundled_metrics();
    const HeadlessContext context;
    write_file(*what.out,
               png_bytes(screenshot_pixels(store, metrics, what.size.width, what.size.height,
                                           canvas_of(what.size, look).scale)));
  }
  if (what.session) {
    write_file(*what.session, session_json(store.session()) + "\n");
  }
  if (!what.out && !what.session) {
    out << session_json(store.session()) << "\n";
  }
}

}  // namespace convscope
