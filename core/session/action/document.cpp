#include "core/session/action/document.h"

#include "core/session/action/rows.h"
#include "core/session/edit.h"

namespace convscope::session::action {

std::vector<Row> document_rows() {
  constexpr auto kLeftToTheFront = [](Session&) {};
  return {
      row<Open, kLeftToTheFront, [](Fields& fields, Open& a) { fields.text("lesson", a.what); }>(
          "open"),
      row<Opened, [](Session& session, const Opened& a) { open_document(session, a.lesson); }>(""),
      row<Save, kLeftToTheFront, [](Fields& fields, Save& a) { fields.text("path", a.path); }>(
          "save"),
      row<Notify, [](Session& session, const Notify& a) { session.transient.notice = a.notice; },
          [](Fields& fields, Notify& a) { fields.problem(a.notice); }>("notify"),
      row<DismissNotice, [](Session& session) { session.transient.notice.reset(); }>(
          "dismiss_notice"),
  };
}

}  // namespace convscope::session::action
