/** The Java client: it checks what a node answers instead of trusting it. */
@NullMarked
package dev.sampo.client;

import org.jspecify.annotations.NullMarked;
