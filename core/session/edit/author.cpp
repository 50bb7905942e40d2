#include "core/session/edit/author.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/lesson/locale.h"
#include "core/lesson/scene_shapes.h"
#include "core/quiz/templates/templates.h"
#include "core/session/edit/history.h"
#include "core/session/edit/scene_change.h"
#include "core/session/scenes.h"

namespace convscope::session {
namespace {

using Scenes = std::vector<Shared<lesson::Scene>>;

void decline(Session& session, Problem problem) { session.transient.notice = std::move(problem); }

bool is_short(Session& session, const std::string& text) {
  if (text.size() > kMostTextBytes) {
    decline(session, {"text_too_long", "text", {{"limit", std::int64_t{kMostTextBytes}}}});
    return false;
  }
  return true;
}

void put(lesson::LocalizedText& text, lesson::Language language, const std::string& words) {
  const std::string code(lesson::code_of(language));
  if (words.empty()) {
    text.by_language.erase(code);
  } else {
    text.by_language[code] = words;
  }
}

// The texts speak of the numbers that they are written over.
void adopt_numbers(Session& session) {
  const auto scene = static_cast<std::size_t>(session.look.scene);
  if (has_other_numbers(session)) {
    session.document.original.change([&](lesson::Lesson& original) {
      original.scenes[scene] = session.document.lesson->scenes[scene];
    });
  }
}

// Lets `edit` change the lesson apart from its scenes' numbers, as one step of undo. `edit` gets
// the scenes of the original too: both lists correspond.
template <typename Edit>
void change_lesson(Session& session, bool commit, const Edit& edit) {
  lesson::Lesson lesson = *session.document.lesson;
  lesson::Lesson original = *session.document.original;
  edit(lesson, original.scenes);
  if (lesson == *session.document.lesson) {
    if (commit) {
      close_drag(session.document);
    }
    return;
  }
  Snapshot before = snapshot_of(session);
  session.document.lesson = std::move(lesson);
  session.document.original = std::move(original);
  record_change(session.document, std::move(before), commit);
}

std::int64_t scene_count(const Session& session) {
  return std::ssize(session.document.lesson->scenes);
}

bool is_scene(Session& session, std::int64_t scene) {
  if (scene < 0 || scene >= scene_count(session)) {
    decline(session, {"value_outside", "scene", {}});
    return false;
  }
  return true;
}

void move_entry(Scenes& scenes, std::int64_t from, std::int64_t to) {
  Shared<lesson::Scene> moved = scenes[static_cast<std::size_t>(from)];
  scenes.erase(scenes.begin() + from);
  scenes.insert(scenes.begin() + to, std::move(moved));
}

// Where the scene on stage stands after this move.
std::int64_t place_after_move(std::int64_t shown, std::int64_t from, std::int64_t to) {
  if (shown == from) {
    return to;
  }
  const std::int64_t without = shown > from ? shown - 1 : shown;
  return without >= to ? without + 1 : without;
}

// The scene on stage, opening as it looks now.
lesson::Scene scene_as_seen(const Session& session, bool texts) {
  lesson::Scene scene = scene_of(session);
  scene.view = session.look.view;
  scene.second_view = session.look.second_view;
  scene.code = session.look.code;
  scene.transposed_as = session.look.transposed_as;
  if (!texts) {
    scene.title = {};
    scene.narration.clear();
    scene.asks = false;
  }
  return scene;
}

}  // namespace

void set_title(Session& session, const action::SetTitle& action) {
  if (!is_short(session, action.text)) {
    return;
  }
  if (action.of == action::TitleOf::kScene) {
    change_scene(session, action.commit,
                 [&](lesson::Scene& scene) { put(scene.title, action.language, action.text); });
    return;
  }
  change_lesson(session, action.commit, [&](lesson::Lesson& lesson, Scenes&) {
    const bool title = action.of == action::TitleOf::kLesson;
    lesson::LocalizedText& text = title ? lesson.title : lesson.summary;
    put(text, action.language, action.text);
    if (title && text.by_language.empty()) {
      text.by_language["en"];  // a lesson file has a title, be it empty
    }
  });
}

void set_narration(Session& session, const action::SetNarration& action) {
  const lesson::Scene& scene = scene_of(session);
  const bool placed = action.layer >= 0 && action.layer < std::ssize(scene.layers) &&
                      action.at >= -1 &&
                      action.at < lesson::told_shape(scene, action.layer).count();
  if (!placed) {
    decline(session, {"value_outside", "at", {}});
    return;
  }
  if (!is_short(session, action.text)) {
    return;
  }
  change_scene(session, action.commit, [&](lesson::Scene& changed) {
    std::vector<lesson::Narration>& all = changed.narration;
    const auto place = std::pair(action.layer, action.at);
    const auto place_of = [](const lesson::Narration& told) {
      return std::pair(told.layer, told.position);
    };
    auto told = std::ranges::lower_bound(all, place, {}, place_of);
    if (told == all.end() || place_of(*told) != place) {
      told = all.insert(told, lesson::Narration{action.at, {}, action.layer});
    }
    put(told->text, action.language, action.text);
    if (told->text.by_language.empty()) {
      all.erase(told);
    }
  });
  adopt_numbers(session);
}

void add_scene(Session& session, const action::AddScene& action) {
  if (session.document.lesson->scenes.size() >= kMostScenes) {
    decline(session, {"scenes_too_many", "", {{"limit", std::int64_t{kMostScenes}}}});
    return;
  }
  const Shared<lesson::Scene> scene = scene_as_seen(session, action.texts);
  const std::int64_t at = session.look.scene + 1;
  change_lesson(session, true, [&](lesson::Lesson& lesson, Scenes& original) {
    lesson.scenes.insert(lesson.scenes.begin() + at, scene);
    original.insert(original.begin() + at, scene);
  });
  session.transient = {};
  show_scene(session, at);
}

void remove_scene(Session& session, const action::RemoveScene& action) {
  if (!is_scene(session, action.scene)) {
    return;
  }
  if (scene_count(session) == 1) {
    decline(session, {"last_scene", "scene", {}});
    return;
  }
  change_lesson(session, true, [&](lesson::Lesson& lesson, Scenes& original) {
    lesson.scenes.erase(lesson.scenes.begin() + action.scene);
    original.erase(original.begin() + action.scene);
  });
  const std::int64_t shown = session.look.scene;
  if (shown == action.scene) {
    session.transient = {};
    show_scene(session, std::min(shown, scene_count(session) - 1));
  } else {
    session.look.scene = shown > action.scene ? shown - 1 : shown;
  }
}

void move_scene(Session& session, const action::MoveScene& action) {
  if (!is_scene(session, action.scene) || !is_scene(session, action.to) ||
      action.scene == action.to) {
    return;
  }
  const std::int64_t shown = place_after_move(session.look.scene, action.scene, action.to);
  change_lesson(session, true, [&](lesson::Lesson& lesson, Scenes& original) {
    move_entry(lesson.scenes, action.scene, action.to);
    move_entry(original, action.scene, action.to);
  });
  session.look.scene = shown;
}

void attach(Session& session, const action::Attach& action) {
  constexpr std::size_t kMostOfThem = 100;
  const bool question = action.what == action::Attached::kQuestion;
  const bool known = question ? quiz::find_template(action.id) != nullptr
                              : !action.id.empty() && action.id.size() <= kMostTextBytes;
  if (!known) {
    decline(session, {question ? "attached_question_unknown" : "attached_exercise_unknown",
                      "id",
                      {{"id", action.id}}});
    return;
  }
  change_lesson(session, true, [&](lesson::Lesson& lesson, Scenes&) {
    std::vector<std::string>& ids = question ? lesson.questions : lesson.exercises;
    const auto found = std::ranges::find(ids, action.id);
    if (!action.on && found != ids.end()) {
      ids.erase(found);
    } else if (action.on && found == ids.end() && ids.size() < kMostOfThem) {
      ids.push_back(action.id);
    }
  });
}

}  // namespace convscope::session
