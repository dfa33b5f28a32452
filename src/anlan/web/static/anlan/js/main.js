// @ts-check
/** The few things the browser adds. Every page works without them. */

import { watchDisplay } from "./display.js";
import { watchDialogs } from "./dialogs.js";
import { watchDownloads } from "./downloads.js";
import { watchDrafts } from "./drafts.js";
import { watchFiles } from "./files.js";
import { watchForms } from "./forms.js";
import { watchKeys } from "./keys.js";
import { watchMenus } from "./menus.js";
import { watchPickers } from "./pickers.js";
import { watchSmall } from "./small.js";
import { watchSuggestions } from "./suggest.js";

document.documentElement.dataset.script = "yes";
watchDisplay();
watchDialogs();
watchDownloads();
watchDrafts();
watchFiles();
watchForms();
watchKeys();
watchMenus();
watchPickers();
watchSmall();
watchSuggestions();
