// Store: the one mutable cell of the program. Holds the session and what is derived from it,
// applies actions, performs their effects (open, save) and computes feature maps: at once when that
// keeps the frame short, else on a worker.
//
// While a number is dragged, changes come faster than a large map can be computed. Then the map
// under way is finished and shown, and the next one is that of the newest change. Only a slow map
// is given up for a newer one, and not before the user has seen something new.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "app/files/user/autosave_file.h"
#include "app/window/to_open.h"
#include "core/derive/derived.h"
#include "core/lesson/locale.h"
#include "core/picture/shown.h"
#include "core/session/action.h"
#include "core/session/session.h"

namespace convscope::window {

class Store {
 public:
  // `algorithm`: the rung of the engine to compute all layers on, where it applies.
  explicit Store(session::Session session, conv::Algorithm algorithm = conv::Algorithm::kAuto);
  // Empty until the worker has opened the file `first`: until then the session holds nothing but
  // theme and language, and only these can be changed.
  Store(session::Session session, ToOpen first, conv::Algorithm algorithm = conv::Algorithm::kAuto);
  Store(session::Session session, const std::string& first,
        conv::Algorithm algorithm = conv::Algorithm::kAuto);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  const session::Session& session() const;
  // What follows from the session's scene. While a map is being computed, the last good map of this
  // scene, or none yet.
  const derive::Derived& derived() const;
  // What the stage shows of both.
  picture::Shown shown(const picture::Viewport& viewport) const;
  const lesson::Locale& locale() const;             // in the session's language
  std::span<const lesson::Locale> locales() const;  // all
  // Other texts than the bundled ones; one for each language that the session may have.
  void speak(std::vector<lesson::Locale> locales);

  // Applies `action` with its effects: Save writes the file at once; Open shows a bundled lesson at
  // once and leaves everything else to the worker, so that a later poll() brings it. Throws
  // nothing: what goes wrong becomes the session's notice and leaves the document as it was. While
  // the store is empty, actions that need a lesson are ignored.
  void dispatch(const session::Action& action);
  // Takes over what the worker has finished; true when something changed. Call once a frame. Throws
  // nothing, like dispatch().
  bool poll();
  // Starts on the newest change, if the map that poll() brought was of an older one. Call once a
  // frame after its picture was drawn: then nobody needs the map before it any more, and the new
  // one can take its memory.
  void catch_up();
  bool empty() const;
  // Why the first file could not be opened.
  const std::optional<Problem>& first_failure() const;
  // The file that the lesson was opened from or saved to; none for bundled lessons and images.
  const std::optional<std::string>& path() const;
  // The same, and what that file was like.
  const files::Origin& origin() const;
  // Whether the document differs from what was opened or last saved.
  bool unsaved() const;
  // Whether another program has changed the document's file since we read or wrote it. Both look at
  // the disk. `untold`: nor did the user say yet that ours is to stay.
  bool changed_on_disk() const;
  bool untold_change() const;
  void keep_mine();

  // Opens the work that a dead program left, as an unsaved document; poll() brings it.
  void recover(const std::string& autosave);
  // How that went, once: the file, and what is wrong with it.
  struct Recovered {
    std::string autosave;
    std::optional<Problem> failure;
  };
  std::optional<Recovered> take_recovered();

  // Reads the files of the lesson again, or the lesson itself; poll() brings it. Step, scene and
  // view stay, and edits over what the files hold.
  void refresh(bool whole_lesson = false);
  // Whether that is under way, and how the last one ended: nothing when it was well.
  bool refreshing() const;
  const std::optional<Problem>& refresh_failure() const;

  // How much of the map or file under way is done, 0..1; nothing when there is none.
  std::optional<double> progress() const;
  // The same, but nothing for a map that will be there in a moment.
  std::optional<double> slow_progress() const;
  // The name of the file that is being opened.
  std::optional<std::string> opening() const;
  // Keeps every answer to a question in this file.
  void keep_answers_in(std::filesystem::path file);
  // The exercises that can be started.
  std::span<const quiz::Exercise> exercises() const;
  // Blocks until everything is computed. For front ends without a window.
  void wait();
  // Blocks until the first file is open or has failed, at most so many seconds.
  void wait_for_first(double seconds);
  // Called from the worker when there is something to poll (wakes an idle event loop).
  void on_ready(std::function<void()> wake);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace convscope::window
