grammar Formula;
formula : NAME EOF ;
NAME : [a-z]+ ;
