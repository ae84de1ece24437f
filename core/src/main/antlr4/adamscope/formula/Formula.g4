/* The one grammar of Adamscope: update rules (.opt files) and objectives. */
grammar Formula;

rule_
    : 'optimizer' ruleName hyper* state* statement+ EOF
    ;

formula
    : expression EOF
    ;

ruleName
    : NAME ('-' (NAME | NUMBER))*
    ;

hyper
    : 'hyper' NAME '=' value=number ('in' domain)? meaning=STRING? ('symbol' symbol=(NAME | STRING))?
    ;

domain
    : open=('(' | '[') low=number ',' high=number close=(')' | ']')
    ;

number
    : '-'? (NUMBER | 'inf')
    ;

state
    : 'state' stateItem (',' stateItem)*
    ;

stateItem
    : NAME '=' start=expression ('warm' warm=expression)?
    ;

statement
    : NAME '<-' expression                  # advance
    | 'precondition' NAME '=' expression    # precondition
    | NAME '=' expression                   # define
    ;

expression
    : '(' expression ')'                                        # parenthesised
    | NAME '(' expression (',' expression)* ')'                 # call
    | <assoc=right> expression '^' expression                   # power
    | '-' expression                                            # negate
    | expression op=('*' | '/') expression                      # product
    | expression op=('+' | '-') expression                      # sum
    | NUMBER                                                    # literal
    | 'inf'                                                     # infinity
    | NAME                                                      # name
    ;

/* Subscripts as in β₁, but no ² or ³: x² would pass for a name and not be a square. */
NAME   : [\p{L}_] [\p{L}\p{Nd}\u2080-\u2089_]* ;
NUMBER : ([0-9]+ ('.' [0-9]*)? | '.' [0-9]+) ([eE] [+-]? [0-9]+)? ;
STRING : '"' ~["\r\n]* '"' ;
COMMENT : '#' ~[\r\n]* -> channel(HIDDEN) ;
SPACE  : [ \t\r\n]+ -> skip ;
