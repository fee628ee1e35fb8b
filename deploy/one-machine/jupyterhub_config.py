"""JupyterHub for a class with accounts on one machine; docs/jupyterhub.md says how to set the machine up.

Root starts it from the environment that all share: /opt/pooltutor/bin/jupyterhub -f THIS_FILE
"""

import os
import sys
from pathlib import Path

DEPLOY = Path(__file__).resolve().parent.parent
TLS = Path(os.environ.get("POOLTUTOR_TLS", "/etc/pooltutor"))  # where fullchain.pem and privkey.pem are
LEARNERS, TEACHERS = "learners", "teachers"  # groups of this machine
HOUR = 3600

c = get_config()  # noqa: F821, JupyterHub defines it

# Who may log in: whoever has an account of this machine, is in one of the groups, and knows its password.
c.JupyterHub.authenticator_class = "pam"
c.LocalAuthenticator.allowed_groups = {LEARNERS, TEACHERS}
c.PAMAuthenticator.admin_groups = {TEACHERS}  # they see who is there, and can stop a learner's server

# Without a certificate only this machine is served: passwords must not cross a network where anyone can read them.
certificate, key = TLS / "fullchain.pem", TLS / "privkey.pem"
if certificate.exists():
    c.JupyterHub.bind_url = "https://:443"
    c.JupyterHub.ssl_cert, c.JupyterHub.ssl_key = str(certificate), str(key)
else:
    c.JupyterHub.bind_url = "http://127.0.0.1:8000"

# Each learner's server is a process of the learner's own account; it opens the first lesson.
c.JupyterHub.spawner_class = "localprocess"
c.Spawner.cmd = [sys.executable, str(DEPLOY / "learner.py")]
c.Spawner.notebook_dir = "~"
c.Spawner.default_url = "/lab/tree/pooltutor-lessons/00-start-here.ipynb"
c.Spawner.start_timeout = c.Spawner.http_timeout = 120  # when a whole class comes at once
c.Spawner.environment = {
    "JUPYTER_CONFIG_PATH": str(DEPLOY / "settings"),  # JupyterLab asks neither the learner nor the network about news
    "OMP_NUM_THREADS": "1",  # PyTorch would take all cores, for each learner
}

# Memory: no process of a learner may have more than this. learner.py sees to it, as the local spawner does not.
c.Spawner.mem_limit = "2G"
# A learner with one lesson open takes under half a GiB, and a quarter or so for each lesson more. Who comes when every
# GiB of the machine has its learner is told that there is no room, and nobody loses anything.
c.JupyterHub.active_server_limit = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30

# What is idle ends: a kernel even behind an open page (the picture goes on, Run All brings the kernel back), then the
# server. Files stay.
c.Spawner.args = [
    f"--MappingKernelManager.cull_idle_timeout={HOUR}",
    "--MappingKernelManager.cull_connected=True",
    "--LabApp.extension_manager=readonly",
]
c.JupyterHub.services = [
    {"name": "cull", "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={2 * HOUR}"]},
]
c.JupyterHub.load_roles = [
    {
        "name": "cull",
        "services": ["cull"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    },
]
