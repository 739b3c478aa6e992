/** One violation of each rule of the architecture, to see that each rule can fail. */
@NullMarked
package dev.sampo.planted;

import org.jspecify.annotations.NullMarked;
