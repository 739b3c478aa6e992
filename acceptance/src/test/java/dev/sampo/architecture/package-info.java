/** The rules R1 to R11 of docs/architecture.md, checked on the compiled classes. */
@NullMarked
package dev.sampo.architecture;

import org.jspecify.annotations.NullMarked;
