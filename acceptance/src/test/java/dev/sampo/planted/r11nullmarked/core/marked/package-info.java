/** Null-marked. */
@NullMarked
package dev.sampo.planted.r11nullmarked.core.marked;

import org.jspecify.annotations.NullMarked;
