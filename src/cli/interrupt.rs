//! Ctrl-C: the work ends after the batch at hand, with what is done written.

use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C only asks to stop.
pub fn listen() {
    // Where no handler can be set, Ctrl-C ends the program at once, as it would have.
    let _ = ctrlc::set_handler(|| ASKED.store(true, Ordering::Relaxed));
}

/// Whether the work should end.
pub fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}
