/** Where promises and ledger state survive: the embedded store and the journal. */
@NullMarked
package dev.sampo.persistence;

import org.jspecify.annotations.NullMarked;
