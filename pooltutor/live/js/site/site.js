import { withoutKernel } from "../page/without_kernel.js";
import { mountFigures } from "./mounting.js";
import { linkSizes } from "./sizes.js";

// A page of the site with views: they live without a kernel, and the sizes in its text are links to them.

const numbers = withoutKernel(globalThis.pooltutorSite);
linkSizes(mountFigures(numbers), numbers, JSON.parse(document.body.dataset.words));
