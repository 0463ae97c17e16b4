"""Makes a PDF from the HTML of a QWeb report; knows neither the ORM nor HTTP.

``urls``      which addresses a document may use, everything else is refused
``css``       cuts a bundle down to the rules that a document can match
``page``      paper, margins and scale of the pages
``document``  joins body, header and footer of one document
``render``    lays the documents out, one after the other
``merge``     one file of several, with the outlines by which the host splits it
"""
