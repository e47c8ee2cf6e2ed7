import "../styles/tokens.css";
import "../styles/fonts.css";
import "../styles/base.css";
import "../styles/controls.css";
import "../styles/layout.css";
import "./docs.css";
import "./code.css";

import { addCopyButtons } from "./copy-buttons.ts";
import { addFilter } from "./filter.ts";
import { followReading } from "./follow-reading.ts";

// The page is complete without these.
addCopyButtons();
addFilter();
followReading();
