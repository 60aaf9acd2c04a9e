"""TH e-GIF eCMS: letters between the document systems of the state, as XML. Pure: no database, no network, no clock."""
