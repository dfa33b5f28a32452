"""What keeps an installation going: where backups are kept, who may read the metrics."""

from anlan.config.environment import declare

BACKUP_FOLDER = declare(
    "BACKUP_FOLDER", "", "每日备份和升级前的备份放在哪个文件夹，最好在另一个磁盘；留空为 HOME/backups"
)
METRICS_TOKEN = declare("METRICS_TOKEN", "", "读取 /metrics 的口令（Authorization: Bearer）；留空则不提供")
