"""Sessions of users without their passwords; runs where Odoo can be imported."""

import odoo.http
from odoo.service import security


def open_sessions(env, logins, lang=None):
    """Return {login: session id} of those who exist; with `lang` they get that language first."""
    found = {}
    for login in logins:
        user = env["res.users"].search([("login", "=", login)])
        if not user:
            continue
        if lang and user.lang != lang:
            user.lang = lang
            env.cr.commit()
        session = odoo.http.root.session_store.new()
        session.update(odoo.http.get_default_session(), db=env.cr.dbname)
        session.uid, session.login = user.id, login
        session.context = dict(env(user=user.id)["res.users"].context_get())
        session.session_token = security.compute_session_token(session, env(user=user.id))
        odoo.http.root.session_store.save(session)
        found[login] = session.sid
    return found
