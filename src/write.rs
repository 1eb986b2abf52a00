//! Writing a file so that it is never seen half done.

use std::io::{BufWriter, Write};
use std::path::Path;

use crate::error::{Error, Result};

/// Writes a file aside, in the same folder, and renames it into place when it is whole.
pub fn write_whole(path: &Path, fill: impl FnOnce(&mut (dyn Write + Send)) -> std::io::Result<()>) -> Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = |e| Error::io(path, e);
    let mut aside = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    let mut buffer = BufWriter::new(aside.as_file_mut());
    fill(&mut buffer).and_then(|()| buffer.flush()).map_err(failed)?;
    drop(buffer);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(aside.path(), mode).map_err(failed)?;
    }
    aside.persist(path).map_err(|e| failed(e.error))?;
    Ok(())
}
