#include <filesystem>
#include <ostream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/cli/front.h"
#include "app/cli/texts.h"
#include "app/files/bundled.h"
#include "app/files/image/image_file.h"
#include "app/files/lesson_file.h"
#include "app/files/system/file_io.h"
#include "app/paint/headless.h"
#include "app/window/screenshot.h"
#include "app/window/store.h"
#include "core/session/action.h"
#include "core/session/action/rows.h"
#include "core/session/update.h"
#include "core/tensor/problem.h"

namespace convscope::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxReplayBytes = 64ull << 20;

// Looks for the lesson next to the file of actions first, then as the command line does.
std::string lesson_beside(const fs::path& actions, const std::string& lesson) {
  const fs::path beside = actions.parent_path() / lesson;
  std::error_code ignored;
  return fs::is_regular_file(beside, ignored) ? beside.string() : lesson;
}

// A replay has no clock: a run started by Next or Previous ends before the next action.
void settle_store(window::Store& store) {
  if (store.session().clock.run_to) {
    store.dispatch(session::action::Seek{session::settle(store.session()).clock.frame});
  }
}

// Nobody reads notices in a script, so files are opened and saved here, and a failure ends the
// replay.
void apply(window::Store& store, const session::Action& action, const fs::path& actions) {
  if (const auto* open = action.as<session::action::Open>()) {
    store.dispatch(session::action::Opened{
        files::open_told(lesson_beside(actions, open->what), {.shrink = open->shrink}).lesson});
  } else if (const auto* array = action.as<session::action::UseArray>()) {
    session::action::UseArray wanted = *array;
    wanted.file = lesson_beside(actions, wanted.file);
    store.dispatch(files::read_array_for(wanted));
  } else if (action.is<session::action::Refresh>()) {
    store.dispatch(session::action::Refreshed{
        files::read_sources(session::own_session(store.session()).document.lesson)});
  } else if (const auto* save = action.as<session::action::Save>()) {
    files::save_lesson(session::own_session(store.session()).document.lesson, save->path);
    store.dispatch(session::action::Notify{{"saved", "", {{"file", save->path}}}});
  } else if (action.is<session::action::TakePicture>() ||
             action.is<session::action::StartExercise>()) {
    store.dispatch(session::action::DismissNotice{});
    store.dispatch(action);  // the store finds it by its name, or says that there is none
    if (const auto& notice = store.session().transient.notice) {
      throw Failure(*notice);
    }
  } else {
    store.dispatch(action);
    settle_store(store);
  }
}

// A replay file, and who reads what is said about it.
struct Script {
  fs::path file;
  session::Replay replay;
  lesson::Locale locale;

  // `code` names the sentence: which action it is, and why.
  Problem problem(const char* code, std::size_t i, const Problem& reason) const {
    return {code,
            "",
            {{"file", file.string()},
             {"line", replay.lines[i]},
             {"index", static_cast<std::int64_t>(i)},
             {"action", session::action::row_of(replay.actions[i]).name},
             {"reason", locale.sentence(reason)}}};
  }
};

Script read_script(const fs::path& file, lesson::Language language) {
  const std::string json = files::read_text_file(file, kMaxReplayBytes);
  return {file, session::parse_replay(json, file.string()), files::bundled_locale(language)};
}

void apply_all(window::Store& store, const Script& script, std::ostream& err) {
  for (std::size_t i = 0; i < script.replay.actions.size(); ++i) {
    const session::Action& action = script.replay.actions[i];
    const std::vector<Problem> refusal = session::refusal_of(store.session(), action);
    if (!refusal.empty()) {
      const Problem told = script.problem("replay_action_refused", i, refusal.front());
      err << "convscope: " << in_one_line(script.locale.sentence(told)) << "\n";
    }
    try {
      apply(store, action, script.file);
    } catch (const Failure& failure) {
      throw Failure(script.problem("replay_action_failed", i, failure.problem()));
    }
  }
}

}  // namespace

void replay_actions(const command::Replay& what, const Look& look, std::ostream& out,
                    std::ostream& err) {
  const Script script = read_script(what.actions, look.language);
  window::Store store(
      session::open_session(files::open_lesson(lesson_beside(what.actions, script.replay.lesson)),
                            look.theme, look.language),
      what.algorithm);
  apply_all(store, script, err);
  store.wait();
  if (what.out) {
    const picture::TextMetrics metrics = files::bundled_metrics();
    const paint::HeadlessContext context;
    files::write_file(*what.out, files::png_bytes(window::screenshot_pixels(
                                     store, metrics, what.size.width, what.size.height,
                                     viewport_of(what.size, look).scale)));
  }
  if (what.session) {
    files::write_file(*what.session, session::session_json(store.session()) + "\n");
  }
  if (!what.out && !what.session) {
    out << session::session_json(store.session()) << "\n";
  }
}

}  // namespace convscope::cli
