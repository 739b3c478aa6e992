package dev.sampo.planted.r6sealed.core;

/** Anyone may add a case. */
interface OffenderInput {}
