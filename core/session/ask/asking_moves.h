// How questions and exercises take the stage and give it back. Internal to update(), apart from
// what reads.
#pragma once

#include <cstdint>
#include <string>

#include "core/session/action/ask.h"
#include "core/session/session.h"

namespace convscope::session {

// Of another run before it, if there is one, nothing stays but what was kept.
void ask(Session& session, const action::Ask& wanted);
void answer(Session& session, const action::Answer& given);
// The next product of a sum with blanks.
void fill_blank(Session& session, const std::string& text);
// The next question, or the summary after the last one.
void next_question(Session& session);
// Of questions and of an exercise: the stage is as it was before them.
void leave(Session& session);

void start_exercise(Session& session, const quiz::Exercise& exercise);
void open_hint(Session& session);
// After an action: whether it has solved the exercise.
void follow_exercise(Session& session, const Session& before);

// The question's stage: a lesson of this scene alone.
lesson::Lesson lesson_of(const lesson::Scene& scene, const lesson::LocalizedText& title,
                         const std::string& id = "question");

}  // namespace convscope::session
